using System.Globalization;
using InfiniteNtk.Compositional.Catalog;

namespace InfiniteNtk.Compositional.Text;

/// <summary>Numbers with + − * /, brackets, <c>sqrt(…)</c>, <c>pi</c> and <c>Sqrt2</c>.</summary>
internal sealed class NumberParser(TextCursor cursor)
{
    private static readonly string[] _words = ["sqrt", "pi", nameof(Layers.Sqrt2), "Math.Sqrt", "Math.PI"];

    public double Real(string parameter)
    {
        int start = cursor.Position;
        double value = Sum(parameter);
        return double.IsFinite(value)
            ? value
            : throw cursor.Fail(start, $"{parameter} is not a finite number", "numbers must be finite", "Write it another way");
    }

    public int Whole(string parameter)
    {
        int start = cursor.Position;
        double value = Real(parameter);
        return value == Math.Truncate(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw cursor.Fail(
                start, string.Create(CultureInfo.InvariantCulture, $"{parameter} is {value}"), "it is a whole number of at most nine digits", "Write it without a fraction");
    }

    private double Sum(string parameter)
    {
        double value = Product(parameter);
        while (true)
        {
            if (cursor.Take("+")) value += Product(parameter);
            else if (cursor.Take("-")) value -= Product(parameter);
            else return value;
        }
    }

    private double Product(string parameter)
    {
        double value = Signed(parameter);
        while (true)
        {
            if (cursor.Take("*")) value *= Signed(parameter);
            else if (cursor.Take("/")) value /= Signed(parameter);
            else return value;
        }
    }

    private double Signed(string parameter)
    {
        bool negative = false;
        while (true)
        {
            if (cursor.Take("-")) negative = !negative;
            else if (!cursor.Take("+")) break;
        }

        double value = Atom(parameter);
        return negative ? -value : value;
    }

    private double Atom(string parameter)
    {
        int start = cursor.Position;
        if (cursor.Take("(")) return Bracketed(parameter);
        string digits = cursor.TakeNumber();
        if (digits.Length > 0)
        {
            return double.TryParse(digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw cursor.Fail(start, $"'{digits}' stands for {parameter}", "a number is expected here", "Write it as 1.5 or 2e-3");
        }

        string found = cursor.Found(), word = cursor.TakeWord();
        switch (word)
        {
            case "sqrt" or "Math.Sqrt":
                cursor.Expect("(", word);
                return Math.Sqrt(Bracketed(parameter));
            case "pi" or "Math.PI":
                return Math.PI;
            case nameof(Layers.Sqrt2):
                return Layers.Sqrt2;
            case "":
                throw cursor.Fail(start, $"{found} stands for {parameter}", "a number is expected here", "Write a number");
            default:
                throw cursor.Fail(
                    start, $"'{word}' stands for {parameter}", "a number is expected here",
                    NearestName.Remedy(word, _words, $"Known words in numbers are {string.Join(", ", _words)}"));
        }
    }

    private double Bracketed(string parameter)
    {
        double value = cursor.Nested(() => Sum(parameter));
        cursor.Expect(")", "a number in brackets");
        return value;
    }
}
