namespace InfiniteNtk;

/// <summary>A finished comparison: rows sorted by measured error at the largest n, best first.</summary>
/// <param name="Population">Number of labelled points M.</param>
/// <param name="Task">Classes or numbers.</param>
/// <param name="Outputs">Number of target columns.</param>
/// <param name="TargetPower">Mean ‖y‖² per point: what nMSE is divided by.</param>
/// <param name="Ridge">The ridge with its unit, the same for all rows.</param>
/// <param name="Subsets">Random training sets per n, shared by all rows.</param>
/// <param name="Seed">Their seed.</param>
/// <param name="RankCorrelation">Spearman's rank correlation of predicted and measured error at the largest n.</param>
/// <param name="Rows">The kernels that were measured.</param>
/// <param name="LeftOut">Those that failed, in the order in which they were asked for.</param>
public sealed record ComparisonResult(
    int Population, TaskKind Task, int Outputs, double TargetPower, string Ridge, int Subsets, int Seed,
    double RankCorrelation, ValueList<ComparisonRow> Rows, ValueList<LeftOutKernel> LeftOut)
{
    /// <summary>What an error of 1 is: what the zero predictor predicts, in words.</summary>
    public string ZeroPredictor { get; init; } = "nothing";

    /// <summary>About how many dimensions the inputs fill (<see cref="BaselineKernels.IntrinsicDimension"/>); NaN where it is not known.</summary>
    public double IntrinsicDimension { get; init; } = double.NaN;
}
