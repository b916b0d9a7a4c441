using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// Positions become channels: K' = (1/S) Σ_s K[s,s], Θ' likewise. On features, which have no positions, it does nothing.
/// An elementwise layer commutes with it and is moved in front of it when a network is lowered.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Flatten : Layer
{
    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
