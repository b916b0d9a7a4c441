namespace InfiniteNtk;

/// <summary>What ridge regression did on random training sets of one size. Errors are mean |f - y|^2, summed over outputs.</summary>
/// <param name="N">Training points n.</param>
/// <param name="Unseen">Error on the M - n points that were not drawn.</param>
/// <param name="LeaveOneOut">Leave-one-out error on the n training points: it uses no other label.</param>
/// <param name="Accuracy">Share of unseen points of the right class; null for regression.</param>
/// <param name="Test">Error on the separate test set; null without one.</param>
/// <param name="TestAccuracy">Share of right classes on it; null without one or for regression.</param>
public sealed record MeasuredPoint(
    int N, Measurement Unseen, Measurement LeaveOneOut, Measurement? Accuracy, Measurement? Test, Measurement? TestAccuracy);
