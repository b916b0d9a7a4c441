using InfiniteNtk.FiniteWidth.Layers;

namespace InfiniteNtk.FiniteWidth.EmpiricalKernels;

/// <summary>What the gradient of a linear layer is made of: its input activations and the gradients that reach its output.</summary>
/// <param name="Activations">a, one row a position.</param>
/// <param name="Gradients">δ, one row an output position, R directions of each sample side by side.</param>
/// <param name="Patches">How output positions see the activations; null: each sees those at its own position.</param>
internal readonly record struct Factors(Signal Activations, Signal Gradients, Patches? Patches = null)
{
    /// <summary>Samples N.</summary>
    public int Samples => Activations.Count;

    /// <summary>Output directions R.</summary>
    public int Directions => PerSample.Directions(Gradients, Activations);

    /// <summary>Positions S of the output.</summary>
    public int Positions => Gradients.Shape.PositionCount;

    /// <summary>Positions of the activations.</summary>
    public int InputPositions => Activations.Shape.PositionCount;

    /// <summary>Taps |k|, 1 without patches.</summary>
    public int Taps => Patches?.Taps ?? 1;

    /// <summary>Numbers that an output sees, |k|·C_in.</summary>
    public int FanIn => Taps * Activations.Shape.Channels;

    /// <summary>What the output positions of one sample see, Positions × FanIn.</summary>
    public ReadOnlySpan<double> Seen(int sample) => Patches is null ? Activations.Sample(sample) : Patches.Of(Activations, sample, 1).Values;

    /// <summary>The factors of some consecutive samples.</summary>
    public Factors Slice(int first, int count) =>
        new(Slice(Activations, first, count), Slice(Gradients, first * Directions, count * Directions), Patches);

    /// <summary>The factors of one direction.</summary>
    public Factors Only(int direction)
    {
        int directions = Directions;
        if (directions == 1) return this;
        var one = new Signal(Samples, Gradients.Shape);
        for (int n = 0; n < Samples; n++) Gradients.Sample(n * directions + direction).CopyTo(one.Sample(n));
        return this with { Gradients = one };
    }

    private static Signal Slice(Signal signal, int first, int count) => new(
        count, signal.Shape, signal.Values[(first * signal.Shape.Size)..((first + count) * signal.Shape.Size)]);
}
