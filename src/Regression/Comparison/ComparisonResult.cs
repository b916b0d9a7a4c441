namespace InfiniteNtk;

/// <summary>A finished comparison: rows sorted by measured error at the largest n, best first.</summary>
public sealed record ComparisonResult
{
    /// <summary>Number of labelled points M.</summary>
    public required int Population { get; init; }

    /// <summary>Classes or numbers.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>Number of target columns.</summary>
    public required int Outputs { get; init; }

    /// <summary>Mean ‖y‖² per point: what nMSE is divided by.</summary>
    public required double TargetPower { get; init; }

    /// <summary>The ridge with its unit, the same for all rows.</summary>
    public required string Ridge { get; init; }

    /// <summary>Random training sets per n, shared by all rows.</summary>
    public required int Subsets { get; init; }

    /// <summary>Their seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Spearman's rank correlation of predicted and measured error at the largest n.</summary>
    public required double RankCorrelation { get; init; }

    /// <summary>The kernels that were measured.</summary>
    public required ValueList<ComparisonRow> Rows { get; init; }

    /// <summary>Those that failed, in the order in which they were asked for.</summary>
    public required ValueList<LeftOutKernel> LeftOut { get; init; }

    /// <summary>What an error of 1 is: what the zero predictor predicts, in words.</summary>
    public string ZeroPredictor { get; init; } = "nothing";

    /// <summary>About how many dimensions the inputs fill (<see cref="BaselineKernels.IntrinsicDimension"/>); NaN where it is not known.</summary>
    public double IntrinsicDimension { get; init; } = double.NaN;
}
