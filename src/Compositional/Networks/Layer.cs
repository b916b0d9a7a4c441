using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// A network that changes the signal itself, in contrast to the arrangements <see cref="Serial"/>, <see cref="Repeat"/> and
/// <see cref="Identity"/>. Readings of a lowered network meet only layers.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal abstract record Layer : Network
{
    private protected Layer(int nesting = 0) : base(nesting)
    {
    }

    /// <summary>Calls the method of <paramref name="reader"/> for this layer.</summary>
    internal abstract TResult Accept<TResult>(ILayerReader<TResult> reader);

    /// <inheritdoc/>
    internal sealed override TResult Accept<TResult>(INetworkReader<TResult> reader) => Accept((ILayerReader<TResult>)reader);

    /// <summary>The refusal of a joint without branches.</summary>
    private protected static InvalidArgumentException NoBranches(string name) => new(
        $"Cannot make {name}", "no branch is given", "it joins at least one branch", "Name the branches");
}
