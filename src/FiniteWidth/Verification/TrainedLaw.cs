namespace InfiniteNtk;

/// <summary>What a theory of training claims about networks of one width.</summary>
/// <param name="LearningRate">η of the loss ½ mean over training samples of (f − y)² of a single output.</param>
/// <param name="Responses">
/// Per recorded step A, points × training samples: a network that starts as f₀ arrives at f₀(points) + A·(y − f₀(train)).
/// </param>
/// <param name="Variances">K(x, x) of each point at the start: the unit of errors.</param>
public sealed record TrainedLaw(double LearningRate, IReadOnlyList<KernelMatrix<double>> Responses, IReadOnlyList<double> Variances) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (KernelMatrix<double> response in Responses) response.Dispose();
    }
}
