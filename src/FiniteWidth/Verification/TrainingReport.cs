namespace InfiniteNtk;

/// <summary>The verdicts on trained outputs.</summary>
/// <param name="Mean">On their means over networks, at each step and point, in units of the standard deviation at the start.</param>
/// <param name="Covariance">On their second moments about the predicted mean, at each step and pair of points, in units of the variances at the start.</param>
/// <param name="Trajectories">What was seen at the largest width.</param>
public sealed record TrainingReport(LimitVerdict Mean, LimitVerdict Covariance, IReadOnlyList<TrajectoryPoint> Trajectories)
{
    /// <summary>Draws at each width with which a right theory would be found consistent, more often than not.</summary>
    public int SamplesNeeded => Math.Max(Mean.SamplesNeeded, Covariance.SamplesNeeded);

    /// <summary>Networks trained, at all widths.</summary>
    public int Networks => Mean.Samples.Sum();

    /// <summary>Both verdicts.</summary>
    public override string ToString() => $"mean outputs {Mean}; their covariance {Covariance}";
}

/// <summary>The output at one point and step: predicted, and seen at the largest width.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Point">Which point.</param>
/// <param name="Predicted">The predicted mean.</param>
/// <param name="Seen">The mean over networks.</param>
/// <param name="StandardError">Its standard error; the start of each network is accounted for, so it is smaller than the scatter suggests.</param>
public readonly record struct TrajectoryPoint(int Step, int Point, double Predicted, double Seen, double StandardError);
