namespace InfiniteNtk.FiniteWidth.Parameters;

/// <summary>The parameters of one layer, or a gradient or direction in their space.</summary>
/// <param name="Path">Where in the network the layer stands.</param>
/// <param name="Weights">Its weight matrix, outputs × fan-in, row-major.</param>
/// <param name="Biases">Its biases, one per output; empty where it has none.</param>
public sealed record LayerParameters(string Path, Memory<double> Weights, Memory<double> Biases)
{
    /// <summary>How many numbers.</summary>
    public long Count => (long)Weights.Length + Biases.Length;

    /// <summary>Zeros of the same shape.</summary>
    public LayerParameters Zeros() => new(Path, new double[Weights.Length], new double[Biases.Length]);
}
