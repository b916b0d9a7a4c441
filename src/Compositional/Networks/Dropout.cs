using System.Globalization;
using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// Dropout as in training: K and Θ times 1/keep where a sample meets itself at the same position. The variances that later
/// layers see always carry the factor; a cross kernel K(x, x') never does, even for equal inputs.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Dropout : Layer
{
    /// <summary>Keeps each unit with the given probability and divides by it.</summary>
    /// <exception cref="InvalidArgumentException">The probability is not in (0, 1].</exception>
    public Dropout(double keepProbability) => KeepProbability = keepProbability;

    /// <summary>The probability of keeping a unit, in (0, 1].</summary>
    public double KeepProbability
    {
        get;
        init => field = value > 0 && value <= 1 && double.IsFinite(1 / value)
            ? value
            : throw new InvalidArgumentException(
                "Cannot make Dropout", string.Create(CultureInfo.InvariantCulture, $"keepProbability is {value}"),
                "the probability of keeping a unit lies in (0, 1]", "It is the part that is kept, not the part that is dropped");
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
