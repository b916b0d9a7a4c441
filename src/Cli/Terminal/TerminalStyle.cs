using System.Text;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>
/// What the tool itself asks of a terminal. It stands in a text as one code point that is no character and becomes its sequence
/// only when it is written, so that no text from outside can ask for more than this.
/// </summary>
internal static class TerminalStyle
{
    /// <summary>Begins bold text.</summary>
    public const string Bold = "\uFDD0";

    /// <summary>Begins faint text.</summary>
    public const string Faint = "\uFDD1";

    /// <summary>Begins a warning.</summary>
    public const string Warning = "\uFDD2";

    /// <summary>Ends what began.</summary>
    public const string End = "\uFDD3";

    /// <summary>Goes back to the beginning of the line.</summary>
    public const string LineStart = "\uFDD4";

    /// <summary>Clears the line from here on.</summary>
    public const string ClearRest = "\uFDD5";

    /// <summary>From here on a line that is too long is cut.</summary>
    public const string NoWrap = "\uFDD6";

    /// <summary>From here on a line that is too long is continued in the next one.</summary>
    public const string Wrap = "\uFDD7";

    private const char First = '\uFDD0';
    private static readonly string[] _sequences = ["\e[1m", "\e[2m", "\e[33m", "\e[0m", "\r", "\e[K", "\e[?7l", "\e[?7h"];

    /// <summary>A text with its marks as sequences, or left to <paramref name="clean"/> where they are not obeyed.</summary>
    public static string Split(string text, bool obey, Func<string, string> clean)
    {
        if (!obey || !text.Any(IsMark)) return clean(text);
        var whole = new StringBuilder();
        int from = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsMark(text[i])) continue;
            whole.Append(clean(text[from..i]));
            if (i < text.Length) whole.Append(_sequences[text[i] - First]);
            from = i + 1;
        }

        return whole.ToString();
    }

    private static bool IsMark(char c) => c >= First && c < First + _sequences.Length;
}
