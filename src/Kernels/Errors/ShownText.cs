using System.Globalization;
using System.Text;

namespace InfiniteNtk.Kernels.Errors;

/// <summary>
/// Text from outside (a cell, a file's name, an argument) made fit to be shown: of bounded length, and without characters that
/// a terminal obeys instead of showing.
/// </summary>
internal static class ShownText
{
    /// <summary>Longest part of a message, in UTF-16 units; our own words need less than half of it.</summary>
    public const int LongestPart = 2000;

    /// <summary>One line of bounded length: control characters and the like as \u001B.</summary>
    public static string Line(string text, int longest = LongestPart) => Cut(Clean(Cut(text, longest), keepLines: false), longest);

    /// <summary>As <see cref="Line"/>, but line breaks stay.</summary>
    public static string Lines(string text, int longest = LongestPart) => Cut(Clean(Cut(text, longest), keepLines: true), longest);

    /// <summary>
    /// Each character that a terminal obeys, that turns the direction of writing, or that is half of a pair becomes an escape as
    /// C# and JSON write it, so that JSON stays the same JSON. Tabs stay.
    /// </summary>
    public static string Clean(string text, bool keepLines)
    {
        int first = 0;
        while (first < text.Length && IsPlain(text[first])) first++;
        if (first == text.Length) return text;
        var clean = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (IsPlain(c) || (keepLines && IsLineBreak(text, i))) clean.Append(c);
            else if (char.IsSurrogatePair(text, i)) clean.Append(c).Append(text[++i]);
            else clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return clean.ToString();
    }

    /// <summary>Where it is longer, its beginning and its end, and how much is left out between them.</summary>
    public static string Cut(string text, int longest)
    {
        const int Words = 50; // What stands for the rest.
        if (text.Length <= longest) return text;
        int head = (longest - Words) * 3 / 4, tail = text.Length - (longest - Words - head);
        if (char.IsLowSurrogate(text[head])) head--;
        if (char.IsLowSurrogate(text[tail])) tail++;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)} … ({tail - head} characters left out) … {text.AsSpan(tail)}");
    }

    private static bool IsPlain(char c) => c < 0x7F ? c >= ' ' || c == '\t' : c >= 0xA0 && !char.IsSurrogate(c) && !Turns(c);

    /// <summary>Marks of the direction of writing, line and paragraph separators, and code points that are no characters.</summary>
    private static bool Turns(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        or '\uFEFF' or (>= '\uFDD0' and <= '\uFDEF') or '\uFFFE' or '\uFFFF';

    private static bool IsLineBreak(string text, int at) =>
        text[at] == '\n' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n');
}
