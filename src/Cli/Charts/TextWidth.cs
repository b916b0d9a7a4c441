using System.Text;

namespace InfiniteNtk.Cli.Charts;

/// <summary>
/// Widths of Helvetica, which Arial and Liberation Sans share: an SVG writer has no fonts to ask, and a guess clips labels.
/// </summary>
internal static class TextWidth
{
    // Advance widths of U+0020 ... U+007E in thousandths of the font size, from the font's published metrics (AFM).
    private static ReadOnlySpan<short> Helvetica =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private const short Ellipsis = 1000;
    private const short Wide = 1000;
    private const short Ordinary = 584;
    private const double BoldFactor = 1.08;

    /// <summary>Width in pixels; bold is wider by at most 8 % on the letters that occur in labels.</summary>
    public static double Of(string text, double size, bool bold = false)
    {
        int thousandths = 0;
        foreach (Rune rune in text.EnumerateRunes()) thousandths += Of(rune);
        return thousandths * size / 1000 * (bold ? BoldFactor : 1);
    }

    /// <summary>The text, or its beginning with an ellipsis, so that it fits.</summary>
    public static string Fit(string text, double width, double size, bool bold = false)
    {
        if (Of(text, size, bold) <= width) return text;
        var kept = new StringBuilder();
        double left = width - Of("\u2026", size, bold);
        foreach (Rune rune in text.EnumerateRunes())
        {
            left -= Of(rune.ToString(), size, bold);
            if (left < 0) break;
            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "\u2026";
    }

    private static short Of(Rune rune) => rune.Value switch
    {
        >= 0x20 and <= 0x7E => Helvetica[rune.Value - 0x20],
        0x2026 => Ellipsis,
        // Greek, accented Latin, arrows and signs such as the multiplication sign are at most this wide; other scripts are square.
        < 0x2E80 => Ordinary + 100,
        _ => Wide,
    };
}
