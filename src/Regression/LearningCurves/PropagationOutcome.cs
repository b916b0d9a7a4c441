namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>How a solution of <see cref="PropagationSystem"/> ended.</summary>
internal enum PropagationOutcome
{
    /// <summary>To the tolerance asked for.</summary>
    Solved,

    /// <summary>The matrix was found not to be positive definite.</summary>
    Indefinite,

    /// <summary>The most steps allowed did not suffice: no answer.</summary>
    Unfinished,
}
