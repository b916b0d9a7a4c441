using System.Globalization;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>
/// Parses a header's text: a Python dictionary with exactly the keys <c>descr</c>, <c>fortran_order</c> and <c>shape</c>, for
/// example <c>{'descr': '&lt;f8', 'fortran_order': False, 'shape': (3, 4), }</c>.
/// </summary>
internal sealed class NpyHeaderText(string text, string source)
{
    private const int MostAxes = 32;
    private int _at;

    public NpyHeader Parse(int length)
    {
        string? descr = null;
        bool? fortran = null;
        List<long>? shape = null;
        Require('{');
        while (!Take('}'))
        {
            string key = Quoted();
            Require(':');
            switch (key)
            {
                case "descr" when descr is null: descr = Descr(); break;
                case "fortran_order" when fortran is null: fortran = Truth(); break;
                case "shape" when shape is null: shape = Extents(); break;
                default: throw Malformed($"the key '{key}' is unknown or appears twice");
            }

            if (!Take(',') && Peek() != '}') throw Malformed("a comma is missing");
        }

        if (text.AsSpan(_at).Trim().Length > 0) throw Malformed("something follows the closing brace");
        if (descr is null || fortran is null || shape is null) throw Malformed("one of 'descr', 'fortran_order' and 'shape' is missing");
        (NpyElementType type, bool swapped) = ElementType(descr);
        NpyHeader.RequireSize(source, [.. shape], ElementDecoder.Size(type));
        return new NpyHeader(type, swapped, fortran.Value, [.. shape], length);
    }

    private (NpyElementType Type, bool Swapped) ElementType(string descr)
    {
        NpyElementType? type = descr.Length > 1 ? ElementDecoder.Parse(descr.AsSpan(1)) : null;
        if (type is { } known && descr[0] is '<' or '>' || type is { } single && ElementDecoder.Size(single) == 1 && descr[0] == '|')
        {
            return (type!.Value, descr[0] == (BitConverter.IsLittleEndian ? '>' : '<'));
        }

        (string what, string remedy) = (descr.Length > 1 ? descr[1] : ' ', descr.FirstOrDefault()) switch
        {
            (_, '[' or '(') => ("structured records", "Save one column at a time: numpy.save(path, array['name'])"),
            ('O', _) => ("pickled Python objects", "Unpickling runs code from the file; save plain numbers: array.astype('float64')"),
            ('U' or 'S' or 'T', _) => ("text", "Save class numbers instead: names, y = numpy.unique(labels, return_inverse=True)"),
            ('c', _) => ("complex numbers", "Save the real part, or both parts as two columns"),
            ('M' or 'm', _) => ("dates or durations", "Save numbers: array.astype('float64')"),
            _ => ("elements of an unknown kind", "Save plain numbers: array.astype('float64')"),
        };
        throw FileErrors.Unreadable(
            source, $"its element type is {Shorten(descr)}, {what}",
            "b1, i1, u1, i2, u2, i4, u4, i8, u8, f2, f4 and f8 in either byte order are readable", remedy);
    }

    /// <summary>A quoted type, or the raw text of a structured one.</summary>
    private string Descr()
    {
        if (Peek() is '\'' or '"') return Quoted();
        int start = _at;
        int depth = 0;
        do
        {
            char c = Peek();
            if (c is '\'' or '"')
            {
                Quoted();
                continue;
            }

            if (c is '[' or '(') depth++;
            if (c is ']' or ')') depth--;
            if (c == '\0') throw Malformed("'descr' does not end");
            _at++;
        }
        while (depth > 0);

        return text[start.._at];
    }

    private List<long> Extents()
    {
        var extents = new List<long>();
        Require('(');
        while (!Take(')'))
        {
            extents.Add(Extent());
            if (extents.Count > MostAxes) throw Malformed($"the shape has more than {MostAxes} axes");
            if (!Take(',') && Peek() != ')') throw Malformed("a comma is missing in 'shape'");
        }

        return extents;
    }

    private long Extent()
    {
        Peek();
        int start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || (_at == start && text[_at] == '-'))) _at++;
        ReadOnlySpan<char> digits = text.AsSpan(start, _at - start);
        if (_at < text.Length && text[_at] == 'L') _at++; // Python 2 wrote long integers so.
        if (digits.Length == 0) throw Malformed("'shape' is not a tuple of whole numbers");
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long extent) || extent < 0)
        {
            throw FileErrors.Unreadable(
                source, $"its shape has an extent of {Shorten(digits.ToString())}", "extents from 0 to 2^63 - 1 are required",
                "The header is damaged: write the file again with numpy.save");
        }

        return extent;
    }

    private bool Truth()
    {
        Peek();
        foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
        {
            if (!text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal)) continue;
            _at += word.Length;
            return value;
        }

        throw Malformed("'fortran_order' is neither True nor False");
    }

    private string Quoted()
    {
        char quote = Peek();
        int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
        if (end < 0) throw Malformed("a quoted word is missing");
        string word = text[(_at + 1)..end];
        _at = end + 1;
        return word;
    }

    /// <summary>The next character that is not white space; '\0' at the end.</summary>
    private char Peek()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return _at < text.Length ? text[_at] : '\0';
    }

    private bool Take(char expected)
    {
        if (Peek() != expected) return false;
        _at++;
        return true;
    }

    private void Require(char expected)
    {
        if (!Take(expected)) throw Malformed($"'{expected}' is missing");
    }

    private InvalidFileException Malformed(string what) => FileErrors.Unreadable(
        source, $"its header is malformed at character {_at}: {what}", "a header as numpy.save writes it is required",
        "Write the file again with numpy.save");

    private static string Shorten(string raw) => raw.Length <= 40 ? $"'{raw}'" : $"'{raw[..40]}…'";
}
