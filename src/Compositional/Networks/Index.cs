using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>Some of the positions, chosen axis by axis as in Python: K'[p, p'] = K[i(p), i(p')], Θ' likewise.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Index : Layer
{
    /// <summary>Takes the slices of the leading axes and all of the others.</summary>
    /// <exception cref="InvalidArgumentException">There is no slice.</exception>
    public Index(ValueList<PositionSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        Slices = slices;
    }

    /// <summary>What is taken of each axis; axes without a slice are kept whole.</summary>
    public ValueList<PositionSlice> Slices
    {
        get;
        init => field = value.Count > 0
            ? value
            : throw new InvalidArgumentException("Cannot make Index", "no slice is given", "there is at least one", "Write Index(\"1:\", \"::2\")");
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
