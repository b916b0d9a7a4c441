namespace InfiniteNtk;

/// <summary>What networks are trained on, and where and when they are looked at.</summary>
/// <param name="Train">Training samples.</param>
/// <param name="Targets">y, one per training sample; every output of a network has the same.</param>
/// <param name="Points">Samples whose outputs are recorded, training samples among them or not.</param>
/// <param name="Steps">After which steps of gradient descent, ascending.</param>
public sealed record TrainingTask(Samples Train, ValueList<double> Targets, Samples Points, ValueList<int> Steps);
