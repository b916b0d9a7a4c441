using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk;

/// <summary>One row of a <see cref="NetworkExplanation"/>.</summary>
public sealed record LayerExplanation
{
    internal LayerExplanation(Signal signal) => Signal = signal;

    /// <summary>The subscript of its K and Θ; 0 is the input.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands in the network.</summary>
    public required string Path { get; init; }

    /// <summary>The layer's text; a joint of branches by its name only.</summary>
    public required string Layer { get; init; }

    /// <summary>What it does to the NNGP kernel, as an equation.</summary>
    public required string K { get; init; }

    /// <summary>What it does to the NTK, as an equation.</summary>
    public required string Theta { get; init; }

    /// <summary>The extents and channels of the signal that leaves it, in words.</summary>
    public string Shape => Signal.Shape;

    /// <summary>The signal that leaves it.</summary>
    internal Signal Signal { get; }

    /// <summary>The kind of the signal in words.</summary>
    public string Kind => Signal.Kind switch
    {
        SignalKind.RawInput => "raw input",
        SignalKind.CentredGaussian => "centred Gaussian",
        SignalKind.AlikeChannels => "not Gaussian",
        _ => "several laws",
    };
}
