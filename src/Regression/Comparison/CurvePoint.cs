namespace InfiniteNtk.Regression.Comparison;

/// <summary>One training-set size of a learning curve, predicted and measured. Errors are nMSE: 1 is the zero predictor.</summary>
/// <param name="N">Training points.</param>
/// <param name="Predicted">Point-resolved prediction of the error on unseen points; no subset was trained for it.</param>
/// <param name="Spectral">Finite-population prediction from the spectrum alone.</param>
/// <param name="Measured">Mean error on unseen points over random subsets.</param>
/// <param name="StandardError">Standard error of <paramref name="Measured"/>.</param>
/// <param name="LeaveOneOut">Mean leave-one-out error on the training points of the same subsets.</param>
/// <param name="PredictedAccuracy">Predicted share of right classes; null for regression.</param>
/// <param name="Accuracy">Measured share of right classes; null for regression.</param>
/// <param name="AccuracyStandardError">Standard error of <paramref name="Accuracy"/>.</param>
/// <param name="TiedWithBest">Whether its paired difference to the best row at this n is within two standard errors.</param>
public sealed record CurvePoint(
    int N, double Predicted, double Spectral, double Measured, double StandardError, double LeaveOneOut,
    double? PredictedAccuracy, double? Accuracy, double? AccuracyStandardError, bool TiedWithBest)
{
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
