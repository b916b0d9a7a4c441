using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace InfiniteNtk.Cli.Charts;

/// <summary>
/// HTML and SVG text under construction. <see cref="Add"/> takes an interpolated string whose literal parts are markup and whose
/// holes are data: data is escaped by construction, so that no caller can forget it.
/// </summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends markup with escaped holes.</summary>
    public Markup Add([InterpolatedStringHandlerArgument("")] ref Handler markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Text of our own that is markup already, such as a style sheet.</summary>
    public static Markup Trusted(string markup)
    {
        var trusted = new Markup();
        trusted._text.Append(markup);
        return trusted;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Text with every character that means something to HTML or XML replaced, and control characters shown as U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case '\n' or '\t': escaped.Append(rune); break;
                case 0xFFFE or 0xFFFF: escaped.Append('\uFFFD'); break;
                default: escaped.Append(Rune.IsControl(rune) ? new Rune(0xFFFD) : rune); break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>Appends literals as they are and holes escaped.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        private readonly StringBuilder _text;

        public Handler(int literalLength, int formattedCount, Markup markup)
        {
            _text = markup._text;
            _text.EnsureCapacity(_text.Length + literalLength + 8 * formattedCount);
        }

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? data) => _text.Append(Escape(data ?? ""));

        public void AppendFormatted(int data) => _text.Append(data.ToString(CultureInfo.InvariantCulture));

        /// <summary>A coordinate: a hundredth of a pixel is finer than any screen or printer shows.</summary>
        public void AppendFormatted(double coordinate) => _text.Append(coordinate.ToString("0.##", CultureInfo.InvariantCulture));

        public void AppendFormatted(Markup markup) => _text.Append(markup._text);
    }
}
