using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// Layer normalisation without scale and offset parameters: K' = K/√(m m'), Θ' = Θ/√(m m'), m = own variance + 1e-12, first
/// averaged over the axes of positions among <see cref="Axes"/>.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record LayerNorm : Layer
{
    /// <summary>Normalises over the given axes of one sample; default: the channels, [−1].</summary>
    /// <exception cref="InvalidArgumentException">The list is empty, repeats an axis, or an axis is below −1.</exception>
    public LayerNorm(ValueList<int>? axes = null) => Axes = axes ?? [-1];

    /// <summary>
    /// Axes of one sample: 0 … d−1 spatial, d or −1 the channels, which must be among them.
    /// </summary>
    public ValueList<int> Axes
    {
        get;
        init => field = value.Count > 0 && value.All(axis => axis >= -1) && value.Distinct().Count() == value.Count
            ? value
            : throw new InvalidArgumentException(
                "Cannot make LayerNorm", $"axes are {value}", "axes are different numbers from -1 (channels) upwards, at least one",
                "Omit axes to normalise over the channels");
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
