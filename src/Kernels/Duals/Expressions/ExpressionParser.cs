using System.Globalization;

namespace InfiniteNtk.Kernels.Duals.Expressions;

/// <summary>
/// Reads formulas: sum := term (('+'|'−') term)*, term := signed (('*'|'/') signed)*, signed := '−' signed | power,
/// power := primary ('^' signed)?, primary := number | x | pi | e | name '(' sum (',' sum)* ')' | '(' sum ')'.
/// </summary>
internal sealed class ExpressionParser
{
    private const int DeepestNesting = 100;
    private const int LongestText = 2000;
    private readonly string _text;
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _text = text;

    /// <exception cref="ParseException">The text is not a formula; the message points at the place.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new ExpressionParser(text);
        if (text.Length > LongestText) throw parser.Refused($"{text.Length} characters", $"at most {LongestText} are read");
        Expression result = parser.Sum();
        return parser.Peek() == '\0' ? result : throw parser.Unexpected("an operator or the end");
    }

    private Expression Sum()
    {
        if (++_depth > DeepestNesting) throw Refused("nests too deeply", $"at most {DeepestNesting} levels are read");
        Expression left = Term();
        while (Peek() is '+' or '-')
        {
            bool plus = _text[_at++] == '+';
            Expression right = Term();
            left = plus ? new Expression.Sum(left, right) : new Expression.Difference(left, right);
        }

        _depth--;
        return left;
    }

    private Expression Term()
    {
        Expression left = Signed();
        while (Peek() is '*' or '/')
        {
            bool times = _text[_at++] == '*';
            Expression right = Signed();
            left = times ? new Expression.Product(left, right) : new Expression.Quotient(left, right);
        }

        return left;
    }

    private Expression Signed()
    {
        if (++_depth > DeepestNesting) throw Refused("nests too deeply", $"at most {DeepestNesting} levels are read");
        Expression result;
        if (Peek() == '-')
        {
            _at++;
            result = new Expression.Minus(Signed());
        }
        else
        {
            result = Primary();
            if (Peek() == '^')
            {
                _at++;
                result = new Expression.Power(result, Signed());
            }
        }

        _depth--;
        return result;
    }

    private Expression Primary()
    {
        char next = Peek();
        if (char.IsAsciiDigit(next) || next == '.') return Number();
        if (char.IsAsciiLetter(next)) return Name();
        if (next != '(') throw Unexpected("a number, x, a function or '('");
        _at++;
        Expression inside = Sum();
        Expect(')');
        return inside;
    }

    private Expression.Number Number()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            int digits = _at + 1 < _text.Length && _text[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
            if (digits < _text.Length && char.IsAsciiDigit(_text[digits]))
            {
                _at = digits;
                while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
            }
        }

        if (double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value))
        {
            return new Expression.Number(value);
        }

        _at = start;
        throw Unexpected("a finite number");
    }

    private Expression Name()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at])) _at++;
        string name = _text[start.._at];
        switch (name)
        {
            case "x": return new Expression.Variable();
            case "pi": return new Expression.Named(name, Math.PI);
            case "e": return new Expression.Named(name, Math.E);
        }

        if (Primitive.Find(name) is not { } primitive)
        {
            _at = start;
            throw Refused($"does not know '{name}'", $"names are x, pi, e and the functions {string.Join(", ", Primitive.Names)}");
        }

        Expect('(');
        List<Expression> arguments = [Sum()];
        while (arguments.Count < primitive.Arity)
        {
            Expect(',');
            arguments.Add(Sum());
        }

        Expect(')');
        return new Expression.Call(primitive, arguments.ToValueList());
    }

    private void Expect(char symbol)
    {
        if (Peek() != symbol) throw Unexpected($"'{symbol}'");
        _at++;
    }

    // The next character that is not a space, or NUL at the end.
    private char Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private ParseException Unexpected(string wanted) =>
        Refused(_at < _text.Length ? $"found '{_text[_at]}'" : "the text ends here", $"expected {wanted}");

    private ParseException Refused(string received, string required)
    {
        string shown = _text.Length <= 200 ? _text : _text[..200];
        string caret = _at <= shown.Length ? $"\n    {shown.ReplaceLineEndings(" ")}\n    {new string(' ', _at)}^" : "";
        return new(
            "Cannot read the expression", $"at character {_at + 1} it {(received.StartsWith("found", StringComparison.Ordinal) ? "has" : "is read:")} {received}",
            required, $"Example: x*sigmoid(1.702*x){caret}");
    }
}
