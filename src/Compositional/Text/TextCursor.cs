namespace InfiniteNtk.Compositional.Text;

/// <summary>A place in a text that is being read: tokens, and errors that point at the place.</summary>
internal sealed class TextCursor(string text)
{
    private const int DeepestNesting = Network.DeepestNesting;
    private int _depth;

    /// <summary>The index of the next character that is not white space.</summary>
    public int Position
    {
        get
        {
            while (field < text.Length && char.IsWhiteSpace(text[field])) field++;
            return field;
        }
        private set;
    }

    public bool AtEnd => Position >= text.Length;

    /// <summary>The next character, or '\0' at the end.</summary>
    public char Next => AtEnd ? '\0' : text[Position];

    public bool Take(string token)
    {
        if (string.CompareOrdinal(text, Position, token, 0, token.Length) != 0) return false;
        Position += token.Length;
        return true;
    }

    public void Expect(string token, string after)
    {
        if (!Take(token)) throw Fail(Position, $"{Found()} follows {after}", $"'{token}' is expected here", "Mend the text at the mark");
    }

    /// <summary>A word: letters, digits, underscores and dots, not starting with a digit; empty if there is none.</summary>
    public string TakeWord()
    {
        int start = Position, end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' || (text[end] is '.' && end > start))) end++;
        if (end > start && char.IsDigit(text[start])) return "";
        Position = end;
        return text[start..end];
    }

    /// <summary>A word that may hold hyphens, as wide-resnet-28-10; empty if there is none.</summary>
    public string TakeName()
    {
        int start = Position, end = start + TakeWord().Length;
        while (end > start && end + 1 < text.Length && text[end] == '-' && char.IsLetterOrDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsLetterOrDigit(text[end])) end++;
        }

        Position = end;
        return text[start..end];
    }

    /// <summary>The word that comes next, not taken.</summary>
    public string PeekWord()
    {
        int start = Position;
        string word = TakeWord();
        Position = start;
        return word;
    }

    /// <summary>Takes "word:" and returns the word, or takes nothing and returns null.</summary>
    public string? TakeLabel()
    {
        int start = Position;
        string word = TakeWord();
        if (word.Length > 0 && Take(":")) return word;
        Position = start;
        return null;
    }

    /// <summary>Takes "word=" and returns the word, or takes nothing and returns null.</summary>
    public string? TakeAssigned()
    {
        int start = Position;
        string word = TakeWord();
        if (word.Length > 0 && Take("=")) return word;
        Position = start;
        return null;
    }

    /// <summary>Whether "word:" or "word=" comes next.</summary>
    public bool IsNamedNext
    {
        get
        {
            int start = Position;
            bool isNamed = (TakeLabel() ?? TakeAssigned()) is not null;
            Position = start;
            return isNamed;
        }
    }

    /// <summary>The argument at the place, for remedies; "…" if there is none or it is long.</summary>
    public string PeekArgument()
    {
        const int Longest = 40;
        int end = Position, depth = 0;
        for (; end < text.Length && end - Position <= Longest; end++)
        {
            if (text[end] is '(' or '[') depth++;
            else if (depth == 0 && (text[end] is ',' or ')' or ']')) break;
            else if (text[end] is ')' or ']') depth--;
        }

        string argument = text[Position..end].Trim();
        return argument.Length is > 0 and <= Longest && !argument.Contains('\n', StringComparison.Ordinal) ? argument : "…";
    }

    /// <summary>Takes a comma if what follows it is as wanted.</summary>
    public bool TakeCommaBefore(Func<bool> isWanted)
    {
        int start = Position;
        if (Take(",") && isWanted()) return true;
        Position = start;
        return false;
    }

    /// <summary>Digits with an optional fraction and exponent; empty if there are none.</summary>
    public string TakeNumber()
    {
        int start = Position, end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '_')) end++;
        if (end > start && end < text.Length && text[end] is 'e' or 'E')
        {
            int exponent = end + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-') exponent++;
            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                end = exponent;
                while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            }
        }

        Position = end;
        return text[start..end];
    }

    /// <summary>A quoted string with \" and \\ escapes.</summary>
    public string TakeQuoted(string parameter)
    {
        int start = Position;
        if (Next != '"') throw Fail(start, $"{Found()} stands for {parameter}", "a text in double quotes is expected here", "Write it as \"…\"");
        var content = new System.Text.StringBuilder();
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                Position = i + 1;
                return content.ToString();
            }

            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\') i++;
            content.Append(text[i]);
        }

        throw Fail(start, "a quoted text has no end", "it ends with a double quote", "Close the quotes");
    }

    /// <summary>Runs <paramref name="read"/> one level deeper; hostile nesting is refused before the stack is.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++_depth > DeepestNesting)
        {
            throw Fail(Position, $"brackets lie more than {DeepestNesting} deep", $"at most {DeepestNesting} levels are allowed", "Write chains with >> or Repeat, which do not nest");
        }

        T result = read();
        _depth--;
        return result;
    }

    /// <summary>What stands at the place, in words.</summary>
    public string Found() => AtEnd ? "the end of the text" : $"'{(PeekWord() is { Length: > 0 } word ? word : Next.ToString())}'";

    /// <summary>An error that shows the line and a mark under <paramref name="position"/>.</summary>
    public ParseException Fail(int position, string received, string required, string remedy, Exception? cause = null)
    {
        const int Before = 60, After = 30;
        int start = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        int end = text.IndexOf('\n', position);
        if (end < 0) end = text.Length;
        int line = text.AsSpan(0, start).Count('\n') + 1, column = position - start + 1;
        int from = Math.Max(start, position - Before), to = Math.Min(end, position + After);
        string head = from > start ? "…" : "", tail = to < end ? "…" : "";
        string shown = head + OneColumnEach(Surrogates.Replaced(text[from..to]).TrimEnd('\r')) + tail;
        string place = line == 1 && end == text.Length ? $"column {column}" : $"line {line}, column {column}";
        string mark = new string(' ', head.Length + position - from) + "^";
        return new ParseException(
            "Cannot read this network", $"{received} ({place})", required, $"{remedy}{Environment.NewLine}  {shown}{Environment.NewLine}  {mark}", cause);
    }

    /// <summary>The mark stands under its character only where no character becomes an escape.</summary>
    private static string OneColumnEach(string line) => string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
}
