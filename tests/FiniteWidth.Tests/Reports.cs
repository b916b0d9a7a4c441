namespace InfiniteNtk.FiniteWidth.Tests;

/// <summary>Keeps what a computation reports, on the thread that reports it.</summary>
internal sealed class Reports(Action<KernelProgress>? then = null) : IProgress<KernelProgress>
{
    public List<KernelProgress> All { get; } = [];

    public void Report(KernelProgress value)
    {
        All.Add(value);
        then?.Invoke(value);
    }
}
