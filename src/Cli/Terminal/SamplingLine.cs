using System.Diagnostics;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>What a verification samples, on the progress line: a step for each width, and how far it is within.</summary>
internal sealed class SamplingLine(ProgressLine line, string doing) : IProgress<SamplingStep>
{
    private readonly Stopwatch _watch = new();

    /// <inheritdoc/>
    public void Report(SamplingStep value)
    {
        if (value.Done == value.From)
        {
            _watch.Restart();
            line.Step($"{doing} {value.To - value.From} networks of width {value.Width}");
        }
        else
        {
            line.Report(new KernelProgress(value.Done - value.From, value.To - value.From, _watch.Elapsed));
        }
    }
}
