using System.Numerics;
using InfiniteNtk.FiniteWidth.Layers;

namespace InfiniteNtk;

/// <summary>
/// The parameters of a network, layer by layer, as one vector: also what gradients, directions and momenta are.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="layers">The layers that have parameters, in the order of the forward pass.</param>
public sealed class ParameterSet<T>(IReadOnlyList<LayerParameters<T>> layers) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The layers that have parameters, in the order of the forward pass.</summary>
    public IReadOnlyList<LayerParameters<T>> Layers { get; } = layers;

    /// <summary>Number of parameters.</summary>
    public long Count => Layers.Sum(layer => layer.Count);

    /// <summary>The zero vector of the same shape.</summary>
    public ParameterSet<T> Zeros() => new([.. Layers.Select(layer => layer.Zeros())]);

    /// <summary>A copy that can be changed on its own.</summary>
    public ParameterSet<T> Copy()
    {
        ParameterSet<T> copy = Zeros();
        copy.Add(1, this);
        return copy;
    }

    /// <summary>this ← this + factor·other.</summary>
    /// <exception cref="ShapeMismatchException">The two belong to different networks.</exception>
    public void Add(double factor, ParameterSet<T> other)
    {
        foreach ((Memory<T> mine, Memory<T> theirs) in Pairs(other)) Vectors.Add(mine.Span, factor, theirs.Span);
    }

    /// <summary>this ← factor·this.</summary>
    public void Scale(double factor)
    {
        foreach (Memory<T> part in Parts()) Vectors.Scale(part.Span, factor);
    }

    /// <summary>The inner product ⟨this, other⟩, summed in order and in double precision.</summary>
    /// <exception cref="ShapeMismatchException">The two belong to different networks.</exception>
    public double Dot(ParameterSet<T> other)
    {
        double sum = 0;
        foreach ((Memory<T> mine, Memory<T> theirs) in Pairs(other))
        {
            ReadOnlySpan<T> a = mine.Span, b = theirs.Span;
            for (int i = 0; i < a.Length; i++) sum += double.CreateTruncating(a[i]) * double.CreateTruncating(b[i]);
        }

        return sum;
    }

    /// <summary>All numbers one after another: weights then biases, layer after layer.</summary>
    public T[] ToArray()
    {
        var all = new T[checked((int)Count)];
        int offset = 0;
        foreach (Memory<T> part in Parts())
        {
            part.CopyTo(all.AsMemory(offset));
            offset += part.Length;
        }

        return all;
    }

    /// <summary>For example "1234 parameters in 3 layers".</summary>
    public override string ToString() => $"{Count} parameters in {Layers.Count} layers";

    private IEnumerable<Memory<T>> Parts()
    {
        foreach (LayerParameters<T> layer in Layers)
        {
            yield return layer.Weights;
            yield return layer.Biases;
        }
    }

    private IEnumerable<(Memory<T> Mine, Memory<T> Theirs)> Pairs(ParameterSet<T> other)
    {
        RequireSameShape(other);
        return Parts().Zip(other.Parts());
    }

    internal void RequireSameShape(ParameterSet<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        bool alike = Layers.Count == other.Layers.Count && Layers.Zip(other.Layers).All(
            pair => pair.First.Weights.Length == pair.Second.Weights.Length && pair.First.Biases.Length == pair.Second.Biases.Length);
        if (alike) return;
        throw new ShapeMismatchException(
            "Cannot combine parameters", $"one set has {Layers.Count} layers and {Count} numbers, the other {other.Layers.Count} and {other.Count}",
            "both must belong to the same network", "Use parameters, gradients and directions of one network");
    }
}
