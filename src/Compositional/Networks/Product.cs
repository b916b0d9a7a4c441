using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// Branches on the same signal, outputs multiplied (a gate): K' = Π Kᵢ, Θ' = Σᵢ Θᵢ Π_{j≠i} Kⱼ. At most one branch may lack
/// parameters of its own.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Product : Layer
{
    private Product(ValueList<Network> branches) : base(NestingAround(branches.AsSpan())) => Branches = branches;

    /// <summary>The branches, at least two.</summary>
    public ValueList<Network> Branches { get; }

    /// <summary>The product of <paramref name="branches"/>; of one, itself.</summary>
    /// <exception cref="InvalidArgumentException">There is no branch.</exception>
    public static Network Of(IReadOnlyList<Network> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        return branches.Count switch
        {
            0 => throw NoBranches("Product"),
            1 => branches[0] ?? throw new ArgumentNullException(nameof(branches)),
            _ => new Product(branches.ToValueList()),
        };
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
