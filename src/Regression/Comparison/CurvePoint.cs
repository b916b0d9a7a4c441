namespace InfiniteNtk;

/// <summary>One training-set size of a learning curve, predicted and measured. Errors are nMSE: 1 is the zero predictor (<see cref="ComparisonResult.ZeroPredictor"/>).</summary>
public sealed record CurvePoint
{
    /// <summary>Training points.</summary>
    public required int N { get; init; }

    /// <summary>Point-resolved prediction of the error on unseen points; no subset was trained for it.</summary>
    public required double Predicted { get; init; }

    /// <summary>Finite-population prediction from the spectrum alone.</summary>
    public required double Spectral { get; init; }

    /// <summary>Mean error on unseen points over random subsets.</summary>
    public required double Measured { get; init; }

    /// <summary>Standard error of <see cref="Measured"/>.</summary>
    public required double StandardError { get; init; }

    /// <summary>Mean leave-one-out error on the training points of the same subsets.</summary>
    public required double LeaveOneOut { get; init; }

    /// <summary>Predicted share of right classes; null for regression.</summary>
    public required double? PredictedAccuracy { get; init; }

    /// <summary>Measured share of right classes; null for regression.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Standard error of <see cref="Accuracy"/>.</summary>
    public required double? AccuracyStandardError { get; init; }

    /// <summary>
    /// Whether it ties with the best row at this n, set by set: neither worse on more training sets than chance explains (signed ranks of the log
    /// ratios, two standard deviations), nor larger in the mean than three standard errors of a typical log ratio.
    /// </summary>
    public required bool TiedWithBest { get; init; }

    /// <summary>Beyond this factor a prediction is far off, and mean and median are apart.</summary>
    public const double FarOff = 1.2;

    /// <summary>Beyond this many standard errors of a typical error a prediction misses.</summary>
    public const double MissWidth = 3;

    /// <summary>Median error on unseen points over the same subsets; NaN where it is not known.</summary>
    public double Median { get; init; } = double.NaN;

    /// <summary>
    /// Relative standard error of a typical error: of the mean of its logarithm, huge errors not counted in full. NaN where it is not known:
    /// then that of the mean.
    /// </summary>
    public double TypicalError { get; init; } = double.NaN;

    /// <summary>Mean and median part by more than a factor of 1.2: a few training sets are far worse (or better) than the others.</summary>
    public bool IsSkewed => Measured > FarOff * Median || Median > FarOff * Measured;

    /// <summary>
    /// How far a prediction is from the measurement, as a factor: 1 between median and mean, above 1 where it is larger than both, below 1 where it is
    /// smaller. A mean over skewed errors is known no better than that.
    /// </summary>
    public double Factor(double predicted)
    {
        double median = double.IsNaN(Median) ? Measured : Median;
        double low = Math.Min(median, Measured), high = Math.Max(median, Measured);
        return predicted < low ? predicted / low : predicted > high ? predicted / high : double.IsNaN(predicted) ? double.NaN : 1;
    }

    /// <summary>|log <see cref="Factor"/>| in standard errors of a typical error, where that is not known the difference in those of the mean; beyond <see cref="MissWidth"/> the prediction misses.</summary>
    public double Distance(double predicted)
    {
        double factor = Factor(predicted);
        if (factor == 1) return 0;
        return double.IsNaN(TypicalError) ? Math.Abs(predicted - predicted / factor) / StandardError : Math.Abs(Math.Log(factor)) / TypicalError;
    }

    /// <summary>The same quantities on a separate test set; null without one.</summary>
    public TestPoint? Test { get; init; }
}

/// <summary>Error and accuracy on a separate test set at one training-set size.</summary>
/// <param name="Predicted">Point-resolved prediction.</param>
/// <param name="Measured">Mean over the same subsets.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="PredictedAccuracy">Predicted share of right classes; null for regression.</param>
/// <param name="Accuracy">Measured share of right classes; null for regression.</param>
public sealed record TestPoint(double Predicted, double Measured, double StandardError, double? PredictedAccuracy, double? Accuracy);
