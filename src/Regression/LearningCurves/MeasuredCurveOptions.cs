namespace InfiniteNtk;

/// <summary>How a curve is measured; none of it changes a number.</summary>
public sealed record MeasuredCurveOptions
{
    /// <summary>Told after each training set.</summary>
    public IProgress<SolverProgress>? Progress { get; init; }

    /// <summary>Stops within one operation of the linear algebra, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
