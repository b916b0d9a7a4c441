using System.Text;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>
/// The last place before a terminal, through which everything that the tool says passes. What files, names and arguments hold is
/// shown and never obeyed: control characters become escapes, and only <see cref="TerminalStyle"/> becomes sequences. A stream
/// that fails (closed, full) is written to no more, so that the work is completed; the failure is kept.
/// </summary>
/// <param name="inner">What is written to.</param>
/// <param name="longest">Longest text of one call.</param>
/// <param name="obeysStyle">Whether the tool's own marks become sequences.</param>
internal sealed class TerminalWriter(TextWriter inner, int longest, Func<bool> obeysStyle) : TextWriter
{
    /// <summary>Why nothing is written any more; null: all was written.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value)) Send(value);
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        Write(value);
        Write(NewLine);
    }

    /// <inheritdoc/>
    public override void Flush() => Guarded(inner.Flush);

    /// <summary>What was written, where the inner writer keeps it.</summary>
    public override string ToString() => inner.ToString() ?? "";

    private void Send(string text)
    {
        string cut = ShownText.Cut(text, longest);
        string clean = TerminalStyle.Split(cut, obeysStyle(), piece => ShownText.Clean(piece, keepLines: true));
        Guarded(() => inner.Write(clean));
    }

    private void Guarded(Action write)
    {
        if (Failure is not null) return;
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException) // Full; closed.
        {
            Failure = failure;
        }
    }
}
