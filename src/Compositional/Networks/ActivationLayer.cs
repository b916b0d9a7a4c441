using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>An activation applied to every unit: K' = κ(p, q, K), Θ' = Θ·κ̇(p, q, K), with p, q the variances of both sides.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record ActivationLayer : Layer
{
    /// <summary>Applies <paramref name="activation"/> elementwise.</summary>
    public ActivationLayer(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        Activation = activation;
    }

    /// <summary>The nonlinearity φ.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
