using InfiniteNtk.FiniteWidth.Layers;

namespace InfiniteNtk.FiniteWidth.EmpiricalKernels;

/// <summary>What the gradient of a linear layer is made of: its input activations and the gradients that reach its output.</summary>
/// <param name="Activations">a, one row a position.</param>
/// <param name="Gradients">δ at the same positions, R directions of each sample side by side.</param>
internal readonly record struct Factors(Signal Activations, Signal Gradients)
{
    /// <summary>Samples N.</summary>
    public int Samples => Activations.Count;

    /// <summary>Output directions R.</summary>
    public int Directions => PerSample.Directions(Gradients, Activations);

    /// <summary>Positions S of the output, which are those of the input here.</summary>
    public int Positions => Activations.Shape.PositionCount;

    /// <summary>The factors of some consecutive samples.</summary>
    public Factors Slice(int first, int count) => new(Slice(Activations, first, count), Slice(Gradients, first * Directions, count * Directions));

    /// <summary>The factors of one direction.</summary>
    public Factors Only(int direction)
    {
        int directions = Directions;
        if (directions == 1) return this;
        var one = new Signal(Samples, Gradients.Shape);
        for (int n = 0; n < Samples; n++) Gradients.Sample(n * directions + direction).CopyTo(one.Sample(n));
        return new Factors(Activations, one);
    }

    private static Signal Slice(Signal signal, int first, int count) => new(
        count, signal.Shape, signal.Values[(first * signal.Shape.Size)..((first + count) * signal.Shape.Size)]);
}
