namespace InfiniteNtk;

/// <summary>How an infinitely wide network is trained in continuous time.</summary>
public sealed record FlowOptions
{
    /// <summary>The times t to report, ascending from 0 or later.</summary>
    public ValueList<double> Times { get; init; } = [1];

    /// <summary>η. Without momentum only η·t matters; with it time runs as √η·t.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>m of heavy-ball momentum in [0, 1); null: none.</summary>
    public double? Momentum { get; init; }

    /// <summary>Largest error of a step, relative and absolute.</summary>
    public double Tolerance { get; init; } = 1e-12;
}
