namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>Arithmetic between activations and gradients that carry several directions of each sample.</summary>
internal static class PerSample
{
    /// <summary>gradient ∘ factor, the factor of a sample serving all its directions.</summary>
    public static Signal Multiply(Signal gradient, Signal factor)
    {
        var product = new Signal(gradient.Count, gradient.Shape);
        int directions = Directions(gradient, factor);
        for (int i = 0; i < gradient.Count; i++)
        {
            Span<double> target = product.Sample(i);
            Span<double> left = gradient.Sample(i);
            Span<double> right = factor.Sample(i / directions);
            for (int k = 0; k < target.Length; k++) target[k] = left[k] * right[k];
        }

        return product;
    }

    /// <summary>The sum of signals of one size.</summary>
    public static Signal Sum(IReadOnlyList<Signal> signals)
    {
        var sum = new Signal(signals[0].Count, signals[0].Shape);
        foreach (Signal signal in signals)
        {
            for (int k = 0; k < sum.Values.Length; k++) sum.Values[k] += signal.Values[k];
        }

        return sum;
    }

    /// <summary>How many gradients belong to each sample.</summary>
    public static int Directions(Signal gradient, Signal activations) => activations.Count == 0 ? 1 : gradient.Count / activations.Count;
}
