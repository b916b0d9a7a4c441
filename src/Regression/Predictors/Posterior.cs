namespace InfiniteNtk;

/// <summary>
/// A Gaussian over the outputs at test points: outputs are independent and share one covariance. Means and deviations are in the
/// units of the targets (<see cref="TargetUnits"/>) where the fit was given <see cref="Targets"/>, else in those of the matrix.
/// </summary>
public sealed class Posterior : IDisposable
{
    private readonly KernelMatrix<double>? _covariance;
    private readonly double[] _variances;

    /// <summary>Takes ownership of what was computed for fitted numbers, and brings it to the targets' units.</summary>
    /// <param name="mean">tests × outputs, restored already.</param>
    /// <param name="spread">The covariance, tests × tests, or the variances, tests × 1; of the fitted numbers.</param>
    /// <param name="units">The units.</param>
    internal Posterior(KernelMatrix<double> mean, KernelMatrix<double> spread, TargetUnits units)
    {
        Mean = mean;
        double square = units.Scale * units.Scale;
        if (square != 1)
        {
            for (nint i = 0; i < spread.Rows; i++)
            {
                foreach (ref double value in spread.View.Row(i)) value *= square;
            }
        }

        bool full = spread.Columns == spread.Rows;
        _variances = new double[spread.Rows];
        for (int i = 0; i < _variances.Length; i++) _variances[i] = Math.Max(0, spread[i, full ? i : 0]);
        if (full) _covariance = spread;
        else spread.Dispose();
    }

    /// <summary>tests × outputs, in the units of the targets.</summary>
    public KernelMatrix<double> Mean { get; }

    /// <summary>The variance at each test point, the same for each output, in squared units of the targets. Of the function itself: no noise is added.</summary>
    public IReadOnlyList<double> Variances => _variances;

    /// <summary>tests × tests, the same for each output, symmetric bit for bit.</summary>
    /// <exception cref="InvalidOperationException">Only variances were asked for.</exception>
    public KernelMatrix<double> Covariance => _covariance ?? throw new InvalidOperationException(
        "Only the variances were computed: ask for the covariance, or pass the whole kernel of the test points.");

    /// <summary>The variance at one test point; rounding below zero is shown as 0.</summary>
    public double Variance(nint test) => _variances[test];

    /// <summary>For example "posterior at 12 points, 1 output".</summary>
    public override string ToString() => $"posterior at {Mean.Rows} points, {Mean.Columns} {(Mean.Columns == 1 ? "output" : "outputs")}";

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        _covariance?.Dispose();
    }
}
