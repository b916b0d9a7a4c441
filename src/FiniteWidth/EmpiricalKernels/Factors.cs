using System.Numerics;
using InfiniteNtk.FiniteWidth.Layers;

namespace InfiniteNtk.FiniteWidth.EmpiricalKernels;

/// <summary>What the gradient of a linear layer is made of: its input activations and the gradients that reach its output.</summary>
/// <param name="Activations">a, one row a position.</param>
/// <param name="Gradients">δ, one row an output position, R directions of each sample side by side.</param>
/// <param name="Patches">How output positions see the activations; null: each sees those at its own position.</param>
internal readonly record struct Factors<T>(Signal<T> Activations, Signal<T> Gradients, Patches? Patches = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
    public ReadOnlySpan<T> Seen(int sample, SignalMemory<T> memory) =>
        Patches is null ? Activations.Sample(sample) : Patches.Of(Activations, sample, 1, memory).Values;

    /// <summary>The factors of some consecutive samples.</summary>
    public Factors<T> Slice(int first, int count) =>
        new(Activations.Slice(first, count), Gradients.Slice(first * Directions, count * Directions), Patches);

    /// <summary>The factors of one direction.</summary>
    public Factors<T> Only(int direction, SignalMemory<T> memory)
    {
        int directions = Directions;
        if (directions == 1) return this;
        Signal<T> one = memory.Signal(Samples, Gradients.Shape);
        for (int n = 0; n < Samples; n++) Gradients.Sample(n * directions + direction).CopyTo(one.Sample(n));
        return this with { Gradients = one };
    }
}
