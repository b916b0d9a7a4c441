using System.Globalization;
using System.Text;

namespace InfiniteNtk.Compositional.Text;

/// <summary>Halves of surrogate pairs that stand alone: a string of .NET and of JSON may hold them, no text does.</summary>
internal static class Surrogates
{
    /// <summary>The index of the first half without the other; −1: there is none.</summary>
    public static int FirstLone(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return i;
            i++;
        }

        return -1;
    }

    /// <summary>The index of the first lone half that a JSON document writes as an escape, as in \uD800; −1: there is none.</summary>
    public static int FirstLoneEscape(string json)
    {
        for (int i = json.IndexOf('\\', StringComparison.Ordinal); i >= 0 && i < json.Length; i = Next(json, i + 2))
        {
            if (Escaped(json, i) is not { } first || !char.IsSurrogate(first)) continue;
            if (Escaped(json, i + 6) is not { } second || !char.IsSurrogatePair(first, second)) return i;
            i += 6;
        }

        return -1;
    }

    /// <summary>The text with the replacement character in place of lone halves.</summary>
    public static string Replaced(string text) => FirstLone(text) < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static int Next(string json, int from) => from < json.Length ? json.IndexOf('\\', from) : -1;

    private static char? Escaped(string json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)
            ? (char)code
            : null;
}
