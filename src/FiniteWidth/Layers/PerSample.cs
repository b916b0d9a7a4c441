using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>Arithmetic between activations and gradients that carry several directions of each sample.</summary>
internal static class PerSample
{
    /// <summary>gradient ∘ factor, the factor of a sample serving all its directions.</summary>
    public static Signal<T> Multiply<T>(Signal<T> gradient, Signal<T> factor, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> product = memory.Signal(gradient.Count, gradient.Shape) with { IsConstant = gradient.IsConstant && factor.IsConstant };
        int directions = Directions(gradient, factor);
        for (int i = 0; i < gradient.Count; i++) Vectors.Multiply<T>(gradient.Sample(i), factor.Sample(i / directions), product.Sample(i));
        return product;
    }

    /// <summary>The sum of signals of one size.</summary>
    public static Signal<T> Sum<T>(IReadOnlyList<Signal<T>> signals, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> sum = memory.Zeros(signals[0].Count, signals[0].Shape) with { IsConstant = signals.All(signal => signal.IsConstant) };
        foreach (Signal<T> signal in signals) Vectors.Add<T>(sum.Values, 1, signal.Values);
        return sum;
    }

    /// <summary>The sum of the gradients that branches give their common input; null where one of them found it constant.</summary>
    public static Signal<T>? SumOfBranches<T>(IReadOnlyList<Signal<T>?> gradients, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        gradients.Contains(null) ? null : Sum([.. gradients.OfType<Signal<T>>()], memory);

    /// <summary>How many gradients belong to each sample.</summary>
    public static int Directions<T>(Signal<T> gradient, Signal<T> activations) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        activations.Count == 0 ? 1 : gradient.Count / activations.Count;
}
