using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>Passes its signal on: the unit of <c>&gt;&gt;</c> (where it disappears) and the plain skip of a residual sum.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Identity : Network
{
    /// <inheritdoc/>
    internal override TResult Accept<TResult>(INetworkReader<TResult> reader) => reader.Read(this);
}
