
namespace InfiniteNtk;

/// <summary>What kernel ridge regression on n random points is expected to do. All errors are mean squared errors.</summary>
public sealed class RidgePrediction
{
    private readonly double[] _learnabilities;
    private readonly double[] _modeErrors;

    internal RidgePrediction(double[] learnabilities, double[] modeErrors)
    {
        _learnabilities = learnabilities;
        _modeErrors = modeErrors;
    }

    /// <summary>Training points n.</summary>
    public required double N { get; init; }

    /// <summary>The effective ridge kappa.</summary>
    public required double Kappa { get; init; }

    /// <summary>The overfitting coefficient E0 = n/(n - sum N L^2), at least 1: what noise is multiplied with.</summary>
    public required double Overfitting { get; init; }

    /// <summary>Error against fresh noisy labels: E0 (bias + noise).</summary>
    public required double Test { get; init; }

    /// <summary>Error on the training points against their noisy labels: (delta/(n kappa))^2 test.</summary>
    public required double Train { get; init; }

    /// <summary>Error of the mean predictor, sum (1-L)^2 v^2.</summary>
    public required double Bias { get; init; }

    /// <summary>Variance of the predictor over training sets, (sum N L^2/n) test; test = bias + variance + noise.</summary>
    public required double Variance { get; init; }

    /// <summary>E&lt;f, fhat&gt;/&lt;f, f&gt; = sum L v^2 / sum v^2; NaN for a target without power.</summary>
    public required double TargetLearnability { get; init; }

    /// <summary>L_k = lambda_k/(lambda_k + kappa) per level, in the spectrum's order.</summary>
    public ReadOnlySpan<double> Learnabilities => _learnabilities;

    /// <summary>
    /// Expected squared error of each level's coefficients, (1-L)^2 v^2 + N (test/n) L^2; they sum to test minus noise.
    /// </summary>
    public ReadOnlySpan<double> ModeErrors => _modeErrors;
}
