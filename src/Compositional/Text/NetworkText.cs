using System.Text;

namespace InfiniteNtk.Compositional.Text;

/// <summary>
/// The text form of networks: what <see cref="Network.ToString"/> prints and the tool's <c>--net</c> takes. It is legal C# with
/// <c>using static</c> <see cref="Layers"/>, and <c>Parse(Print(n)) == n</c>.
/// </summary>
internal static class NetworkText
{
    /// <summary>Writes a network on one line.</summary>
    public static string Print(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new StringBuilder();
        TextPrinter.Print(network, text);
        return text.ToString();
    }

    /// <summary>
    /// Reads a network: the printed form, and also a bare <c>Dense</c>, arguments by position, and numbers with arithmetic,
    /// <c>sqrt(2)</c> and <c>pi</c>. White space and line breaks are free.
    /// </summary>
    /// <exception cref="ParseException">The text is not a network; the message points at the place.</exception>
    public static Network Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TextParser.Parse(text);
    }
}
