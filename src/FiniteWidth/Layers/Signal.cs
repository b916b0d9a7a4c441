using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// What flows between layers: <paramref name="Count"/> samples of one shape, channels last. Layers return new signals and never
/// write into the ones they are given.
/// </summary>
/// <remarks>
/// A gradient carries several output directions at once: R gradients of each sample side by side, (sample, direction) in this order,
/// so its count is R times that of the activations it belongs to.
/// </remarks>
internal sealed record Signal(int Count, SampleShape Shape, double[] Values)
{
    /// <summary>A signal of zeros.</summary>
    public Signal(int count, SampleShape shape) : this(count, shape, new double[checked(count * shape.Size)])
    {
    }

    /// <summary>Rows of the matrix with one row a position and one column a channel.</summary>
    public int Rows => Count * Shape.PositionCount;

    /// <summary>The numbers of one sample.</summary>
    public Span<double> Sample(int index) => Values.AsSpan(index * Shape.Size, Shape.Size);
}
