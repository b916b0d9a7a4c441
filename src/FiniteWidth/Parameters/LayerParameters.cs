namespace InfiniteNtk.FiniteWidth.Parameters;

/// <summary>The parameters of one layer, or a gradient or direction in their space.</summary>
/// <param name="Path">Where in the network the layer stands.</param>
/// <param name="Weights">
/// Its weight matrix, outputs × fan-in, row-major; the fan-in of a filter is taps × channels. Locally connected: one matrix a position.
/// </param>
/// <param name="Biases">Its biases, one per output (locally connected: per position and output); empty where it has none.</param>
/// <param name="LearningRate">
/// η ≥ 0, its learning rate relative to the other layers'; 0: frozen. It multiplies the layer's gradients and its term of the NTK.
/// </param>
public sealed record LayerParameters(string Path, Memory<double> Weights, Memory<double> Biases, double LearningRate = 1)
{
    /// <summary>How many numbers.</summary>
    public long Count => (long)Weights.Length + Biases.Length;

    /// <summary>Zeros of the same shape.</summary>
    public LayerParameters Zeros() => new(Path, new double[Weights.Length], new double[Biases.Length], LearningRate);
}
