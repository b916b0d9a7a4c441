using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>The sum over all positions, which disappear: K' = Σ_{s,s'} K[s,s'], Θ' likewise.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
public sealed record GlobalSumPool : Layer
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
