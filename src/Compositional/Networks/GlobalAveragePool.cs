using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>The mean over all S positions, which disappear: K' = (1/S²) Σ_{s,s'} K[s,s'], Θ' likewise.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record GlobalAveragePool : Layer
{
    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
