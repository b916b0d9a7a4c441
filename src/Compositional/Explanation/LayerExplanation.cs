using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk.Compositional.Explanation;

/// <summary>One row of a <see cref="NetworkExplanation"/>.</summary>
/// <param name="Number">The subscript of its K and Θ; 0 is the input.</param>
/// <param name="Path">Where it stands in the network.</param>
/// <param name="Layer">The layer's text; a joint of branches by its name only.</param>
/// <param name="Signal">The signal that leaves it.</param>
/// <param name="K">What it does to the NNGP kernel, as an equation.</param>
/// <param name="Theta">What it does to the NTK, as an equation.</param>
public sealed record LayerExplanation(int Number, string Path, string Layer, Signal Signal, string K, string Theta)
{
    /// <summary>The kind of the signal in words.</summary>
    public string Kind => Signal.Kind switch
    {
        SignalKind.RawInput => "raw input",
        SignalKind.CentredGaussian => "centred Gaussian",
        SignalKind.AlikeChannels => "not Gaussian",
        _ => "several laws",
    };
}
