using System.Numerics;
using InfiniteNtk.FiniteWidth.Randomness;
using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk.FiniteWidth.Sampling;

/// <summary>What the parameters of a layer are, without drawing them: everything that they are a function of.</summary>
/// <param name="Path">Where in the network the layer stands.</param>
/// <param name="Outputs">Rows of the weight matrix, of all copies together.</param>
/// <param name="Inputs">Columns of the weight matrix.</param>
/// <param name="Weights">The stream of the weights, row by row.</param>
/// <param name="WeightStd">What they are multiplied with.</param>
/// <param name="Biases">The stream of the biases, one per row.</param>
/// <param name="BiasStd">What they are multiplied with; null: there are none.</param>
internal sealed record LayerDraw(
    string Path, int Outputs, int Inputs, RandomStream Weights, double WeightStd, RandomStream Biases, double? BiasStd)
{
    /// <summary>Numbers that a thread draws at a time.</summary>
    private const int PartLength = 1 << 16;

    /// <summary>Weight matrices of equal size, one below the other; more than one where positions have weights of their own.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>The layer's learning rate relative to the others'.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>Memory for them, of unspecified content.</summary>
    public LayerParameters<T> Room<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
        Path, GC.AllocateUninitializedArray<T>(Outputs * Inputs), BiasStd is null ? Memory<T>.Empty : new T[Outputs], LearningRate);

    /// <summary>Draws them on some threads. Single precision has the numbers of double precision, rounded.</summary>
    public void Fill<T>(LayerParameters<T> parameters, WeightLaw law, int threads, CancellationToken cancellation = default) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (law == WeightLaw.Orthogonal) FillOrthogonal(parameters.Weights.Span, cancellation);
        else ForEachPart(parameters.Weights.Length, threads, (first, count) => Weights.Gaussian(first, parameters.Weights.Span.Slice(first, count), WeightStd), cancellation);
        if (BiasStd is { } std) Biases.Gaussian(0, parameters.Biases.Span, std);
    }

    private void FillOrthogonal<T>(Span<T> weights, CancellationToken cancellation) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = new double[weights.Length / Copies];
        for (int copy = 0; copy < Copies; copy++)
        {
            cancellation.ThrowIfCancellationRequested();
            Weights.Gaussian(copy * matrix.Length, matrix);
            OrthogonalMatrix.FromGaussian(matrix, Outputs / Copies, Inputs);
            Span<T> target = weights.Slice(copy * matrix.Length, matrix.Length);
            for (int i = 0; i < matrix.Length; i++) target[i] = T.CreateTruncating(matrix[i] * WeightStd);
        }
    }

    private static void ForEachPart(int length, int threads, Action<int, int> draw, CancellationToken cancellation)
    {
        int parts = (length + PartLength - 1) / PartLength;
        ParallelSection.For(
            parts, threads, part => draw((int)part * PartLength, Math.Min(PartLength, length - (int)part * PartLength)), cancellation);
    }
}
