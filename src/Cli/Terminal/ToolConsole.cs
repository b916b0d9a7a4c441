using System.Text;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>Where a command writes: results to one stream, progress and messages to the other; and what it reads as standard input.</summary>
internal sealed class ToolConsole
{
    private const int LongestMessage = 10_000;

    /// <param name="output">Results.</param>
    /// <param name="error">Progress, warnings and the one message of a failure.</param>
    public ToolConsole(TextWriter output, TextWriter error)
    {
        Out = new TerminalWriter(output, int.MaxValue, () => Colours);
        Error = new TerminalWriter(error, LongestMessage, () => ErrorIsTerminal);
    }

    /// <summary>Results.</summary>
    public TerminalWriter Out { get; }

    /// <summary>Progress, warnings and the one message of a failure.</summary>
    public TerminalWriter Error { get; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Whether <see cref="Out"/> may carry colours.</summary>
    public bool Colours { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal, on which a line can be rewritten.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns that tables may use.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Columns of <see cref="Error"/> now, where it is a terminal; windows change.</summary>
    public Func<int> ErrorWidth { get; init; } = () => 120;

    /// <summary>The process's own streams.</summary>
    public static ToolConsole OfProcess()
    {
        bool terminal = !Console.IsOutputRedirected, dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        bool noColour = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new ToolConsole(Writer(Console.OpenStandardOutput()), Writer(Console.OpenStandardError()))
        {
            OpenInput = Console.OpenStandardInput,
            Colours = terminal && !noColour && !dumb,
            ErrorIsTerminal = !Console.IsErrorRedirected && !dumb,
            Width = terminal ? Math.Clamp(TerminalWidth.OfOutput(120), 80, 160) : 120,
            ErrorWidth = TerminalWidth.OfError,
        };
    }

    /// <summary>Bold, where colours are allowed.</summary>
    public string Bold(string text) => Paint(text, TerminalStyle.Bold);

    /// <summary>Faint, where colours are allowed.</summary>
    public string Faint(string text) => Paint(text, TerminalStyle.Faint);

    /// <summary>A warning's colour, where colours are allowed.</summary>
    public string Warning(string text) => Paint(text, TerminalStyle.Warning);

    private string Paint(string text, string style) => Colours && text.Length > 0 ? style + text + TerminalStyle.End : text;

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
