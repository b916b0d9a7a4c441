namespace InfiniteNtk;

/// <summary>What the time of a training means.</summary>
public enum TrainingTime
{
    /// <summary>Gradient flow: infinitely many infinitely small steps; only η·t matters.</summary>
    Flow,

    /// <summary>Gradient descent: t counts steps of the learning rate η.</summary>
    Steps,
}
