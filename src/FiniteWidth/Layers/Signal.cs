using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// What flows between layers: <paramref name="Count"/> samples of one shape, channels last. Layers return new signals and never
/// write into the ones they are given.
/// </summary>
/// <remarks>
/// A gradient carries several output directions at once: R gradients of each sample side by side, (sample, direction) in this order,
/// so its count is R times that of the activations it belongs to.
/// </remarks>
/// <param name="Count">How many samples, or gradients.</param>
/// <param name="Shape">The shape of each.</param>
/// <param name="Memory">Their numbers, one after another.</param>
internal sealed record Signal<T>(int Count, SampleShape Shape, Memory<T> Memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A signal of zeros in memory of its own.</summary>
    public Signal(int count, SampleShape shape) : this(count, shape, new T[checked(count * shape.Size)])
    {
    }

    /// <summary>Whether no parameter has a part in it: no gradient with respect to it is wanted, and its tangent is zero.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Numbers in a sample; another shape of the same numbers has as many.</summary>
    private readonly int _size = Shape.Size;

    /// <summary>Its numbers.</summary>
    public Span<T> Values => Memory.Span;

    /// <summary>Rows of the matrix with one row a position and one column a channel.</summary>
    public int Rows => Count * Shape.PositionCount;

    /// <summary>The numbers of one sample.</summary>
    public Span<T> Sample(int index) => Memory.Span.Slice(index * _size, _size);

    /// <summary>Some consecutive samples, in the same memory.</summary>
    public Signal<T> Slice(int first, int count) => this with { Count = count, Memory = Memory.Slice(first * _size, count * _size) };
}
