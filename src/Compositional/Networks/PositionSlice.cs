using System.Globalization;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// What is taken of one axis, in Python's words: "a:b:c" for positions a, a + c, … before b (each part may be omitted, negative numbers
/// count from the end), or one number, which removes the axis.
/// </summary>
internal sealed record PositionSlice
{
    private PositionSlice(int? start, int? stop, int step, bool removesAxis)
    {
        Start = start;
        Stop = stop;
        Step = step;
        RemovesAxis = removesAxis;
    }

    /// <summary>The first position, or the only one; null: the first in the direction of the step.</summary>
    public int? Start { get; }

    /// <summary>The position before which to stop; null: none.</summary>
    public int? Stop { get; }

    /// <summary>From one position to the next; not 0.</summary>
    public int Step { get; }

    /// <summary>Whether it is a single number, so that the axis disappears.</summary>
    public bool RemovesAxis { get; }

    /// <summary>Reads "a:b:c" or a number; <c>Parse(x.ToString()) == x</c>.</summary>
    /// <exception cref="InvalidArgumentException">It is neither, or the step is 0.</exception>
    public static PositionSlice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        var numbers = new int?[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i].Trim();
            if (part.Length == 0 && parts.Length > 1) continue;
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) throw Wrong(text);
            numbers[i] = number;
        }

        return numbers switch
        {
            [int only] => new PositionSlice(only, null, 1, removesAxis: true),
            [var start, var stop] => new PositionSlice(start, stop, 1, removesAxis: false),
            [var start, var stop, var step] when step != 0 => new PositionSlice(start, stop, step ?? 1, removesAxis: false),
            _ => throw Wrong(text),
        };
    }

    /// <summary>The shortest text that reads as this slice.</summary>
    public override string ToString() => RemovesAxis
        ? Number(Start)
        : $"{Number(Start)}:{Number(Stop)}{(Step == 1 ? "" : ":" + Number(Step))}";

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static InvalidArgumentException Wrong(string text) => new(
        "Cannot make Index", $"'{text}' is given as a slice", "a slice is a whole number or start:stop:step with a step other than 0, as in Python",
        "Write for example \"1:\", \"::2\", \"::-1\" or \"-1\"");
}
