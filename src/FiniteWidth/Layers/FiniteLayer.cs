using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>One layer of a finite network: a function of its parameters and a batch of samples, in whatever precision those have.</summary>
internal abstract class FiniteLayer(SampleShape input, SampleShape output)
{
    /// <summary>The shape it takes.</summary>
    public SampleShape Input { get; } = input;

    /// <summary>The shape it gives.</summary>
    public SampleShape Output { get; } = output;

    /// <summary>Runs on a batch and keeps what its derivatives need.</summary>
    public abstract LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
