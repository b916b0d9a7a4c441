using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.FiniteWidth.Parameters;

/// <summary>
/// The parameters of a network, layer by layer, as one vector: also what gradients, directions and momenta are.
/// </summary>
/// <param name="layers">The layers that have parameters, in the order of the forward pass.</param>
public sealed class ParameterSet(IReadOnlyList<LayerParameters> layers)
{
    /// <summary>The layers that have parameters, in the order of the forward pass.</summary>
    public IReadOnlyList<LayerParameters> Layers { get; } = layers;

    /// <summary>Number of parameters.</summary>
    public long Count => Layers.Sum(layer => layer.Count);

    /// <summary>The zero vector of the same shape.</summary>
    public ParameterSet Zeros() => new([.. Layers.Select(layer => layer.Zeros())]);

    /// <summary>A copy that can be changed on its own.</summary>
    public ParameterSet Copy()
    {
        ParameterSet copy = Zeros();
        copy.Add(1, this);
        return copy;
    }

    /// <summary>this ← this + factor·other.</summary>
    /// <exception cref="ShapeMismatchException">The two belong to different networks.</exception>
    public void Add(double factor, ParameterSet other)
    {
        foreach ((Memory<double> mine, Memory<double> theirs) in Pairs(other)) Add(mine.Span, factor, theirs.Span);
    }

    /// <summary>this ← factor·this.</summary>
    public void Scale(double factor)
    {
        foreach (Memory<double> part in Parts())
        {
            Span<double> values = part.Span;
            for (int i = 0; i < values.Length; i++) values[i] *= factor;
        }
    }

    /// <summary>The inner product ⟨this, other⟩, summed in order.</summary>
    /// <exception cref="ShapeMismatchException">The two belong to different networks.</exception>
    public double Dot(ParameterSet other)
    {
        double sum = 0;
        foreach ((Memory<double> mine, Memory<double> theirs) in Pairs(other))
        {
            for (int i = 0; i < mine.Length; i++) sum += mine.Span[i] * theirs.Span[i];
        }

        return sum;
    }

    /// <summary>All numbers one after another: weights then biases, layer after layer.</summary>
    public double[] ToArray()
    {
        var all = new double[checked((int)Count)];
        int offset = 0;
        foreach (Memory<double> part in Parts())
        {
            part.CopyTo(all.AsMemory(offset));
            offset += part.Length;
        }

        return all;
    }

    private static void Add(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        for (int i = 0; i < target.Length; i++) target[i] += factor * source[i];
    }

    private IEnumerable<Memory<double>> Parts()
    {
        foreach (LayerParameters layer in Layers)
        {
            yield return layer.Weights;
            yield return layer.Biases;
        }
    }

    private IEnumerable<(Memory<double> Mine, Memory<double> Theirs)> Pairs(ParameterSet other)
    {
        RequireSameShape(other);
        return Parts().Zip(other.Parts());
    }

    internal void RequireSameShape(ParameterSet other)
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
