namespace InfiniteNtk.Kernels.Storage;

/// <summary>
/// Splits a delimited text into records (RFC 4180): quoted fields may hold delimiters, line breaks and doubled quotes; lines end in
/// LF, CRLF or CR; blank lines are skipped. Fields of the current record are spans into one buffer.
/// </summary>
internal sealed class CsvRecordReader : IDisposable
{
    /// <summary>A row of a million numbers; what is longer has no line breaks, or a quote that is never closed.</summary>
    private const int LongestRecord = 1 << 24;

    private readonly StreamReader _reader;
    private readonly string _source;
    private readonly char[] _buffer = new char[1 << 16];
    private readonly List<(int End, bool Quoted)> _fields = [];
    private char[] _record = new char[1 << 10];
    private int _recordLength;
    private int _available;
    private int _next;
    private int _line = 1;

    public CsvRecordReader(Stream stream, string source)
    {
        _reader = new StreamReader(stream); // A byte-order mark decides the encoding; UTF-8 without one.
        _source = source;
        _ = Peek();
        Delimiter = Detect(_buffer.AsSpan(0, _available));
    }

    /// <summary>Comma, semicolon or tab: whichever is most frequent outside quotes in the first line.</summary>
    public char Delimiter { get; }

    /// <summary>The line on which the current record begins, counted from 1 as editors do.</summary>
    public int Line { get; private set; }

    /// <summary>Number of fields of the current record.</summary>
    public int Count => _fields.Count;

    /// <summary>A field of the current record, without its quotes; unquoted ones are trimmed.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        int start = index == 0 ? 0 : _fields[index - 1].End;
        ReadOnlySpan<char> field = _record.AsSpan(start, _fields[index].End - start);
        return _fields[index].Quoted ? field : field.Trim();
    }

    /// <summary>Advances to the next record; false at the end.</summary>
    public bool Read()
    {
        do
        {
            if (Peek() < 0) return false;
            ReadRecord();
        }
        while (Count == 1 && !_fields[0].Quoted && Field(0).IsEmpty);

        return true;
    }

    public void Dispose() => _reader.Dispose();

    private void ReadRecord()
    {
        _fields.Clear();
        _recordLength = 0;
        Line = _line;
        while (true)
        {
            bool quoted = Peek() == '"';
            if (quoted) ReadQuoted();
            int c = Take();
            for (; !quoted && c >= 0 && c != Delimiter && c is not ('\n' or '\r'); c = Take()) Append((char)c);
            for (; quoted && c == ' '; c = Take())
            {
                // Blanks after a closing quote mean nothing.
            }

            if (c >= 0 && c != Delimiter && c is not ('\n' or '\r')) throw Malformed($"line {_line} has text after a closing quote");
            if (_fields.Count == LongestRecord) throw TooLong();
            _fields.Add((_recordLength, quoted));
            if (c == Delimiter) continue;
            if (c == '\r' && Peek() == '\n') Take();
            if (c >= 0) _line++;
            return;
        }
    }

    private void ReadQuoted()
    {
        int opened = _line;
        Take();
        while (true)
        {
            int c = Take();
            if (c < 0) throw Malformed($"the quote opened on line {opened} is never closed");
            if (c == '"')
            {
                if (Peek() != '"') return;
                Take();
            }

            if (c == '\n' || (c == '\r' && Peek() != '\n')) _line++;
            Append((char)c);
        }
    }

    private int Peek()
    {
        if (_next == _available)
        {
            _available = _reader.Read(_buffer);
            _next = 0;
        }

        return _available == 0 ? -1 : _buffer[_next];
    }

    private int Take()
    {
        int c = Peek();
        if (c >= 0) _next++;
        return c;
    }

    private void Append(char c)
    {
        if (_recordLength == LongestRecord) throw TooLong();
        if (_recordLength == _record.Length) Array.Resize(ref _record, _record.Length * 2);
        _record[_recordLength++] = c;
    }

    private static char Detect(ReadOnlySpan<char> text)
    {
        (int commas, int semicolons, int tabs) = (0, 0, 0);
        bool quoted = false;
        foreach (char c in text)
        {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c is '\n' or '\r') break;
            if (c == ',') commas++;
            if (c == ';') semicolons++;
            if (c == '\t') tabs++;
        }

        return semicolons > commas && semicolons >= tabs ? ';' : tabs > commas ? '\t' : ',';
    }

    private InvalidFileException TooLong() => FileErrors.Unreadable(
        _source, $"the row that begins on line {Line} goes on after {LongestRecord} characters", "shorter rows are required", "Check its line breaks and quotes");

    private InvalidFileException Malformed(string what) => FileErrors.Unreadable(
        _source, what, "quotes that enclose whole fields are required", "Double quotes inside a quoted field (\"\"), or remove them");
}
