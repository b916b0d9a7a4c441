using System.Numerics;

namespace InfiniteNtk;

/// <summary>The parameters of one layer, or a gradient or direction in their space.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Path">Where in the network the layer stands.</param>
/// <param name="Weights">
/// Its weight matrix, outputs × fan-in, row-major; the fan-in of a filter is taps × channels. Locally connected: one matrix a position.
/// </param>
/// <param name="Biases">Its biases, one per output (locally connected: per position and output); empty where it has none.</param>
/// <param name="LearningRate">
/// η ≥ 0, its learning rate relative to the other layers'; 0: frozen. It multiplies the layer's gradients and its term of the NTK.
/// </param>
public sealed record LayerParameters<T>(string Path, Memory<T> Weights, Memory<T> Biases, double LearningRate = 1)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many numbers.</summary>
    public long Count => (long)Weights.Length + Biases.Length;

    /// <summary>Zeros of the same shape.</summary>
    public LayerParameters<T> Zeros() => new(Path, new T[Weights.Length], new T[Biases.Length], LearningRate);
}
