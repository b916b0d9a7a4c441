using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>The sum over all positions, which disappear: K' = Σ_{s,s'} K[s,s'], Θ' likewise.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record GlobalSumPool : Layer
{
    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
