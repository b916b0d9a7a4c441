using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// Branches on the same signal, side by side along an axis. Channels: K' = Σ wᵢKᵢ, Θ' = Σ wᵢΘᵢ, wᵢ the branch's share of the channels
/// (equal shares where all widths are omitted). Positions: K' and Θ' are those of the branch inside each branch and 0 between
/// positions of different branches, which therefore must be centred Gaussian, at most one of them without parameters of its own.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Concat : Layer
{
    private Concat(ValueList<Network> branches, int axis) : base(NestingAround(branches.AsSpan()))
    {
        Branches = branches;
        Axis = axis;
    }

    /// <summary>The branches, at least two.</summary>
    public ValueList<Network> Branches { get; }

    /// <summary>−1 for channels, else the index of an axis of positions.</summary>
    public int Axis { get; }

    /// <summary>The concatenation of <paramref name="branches"/>; of one, itself.</summary>
    /// <exception cref="InvalidArgumentException">There is no branch, or the axis is below −1.</exception>
    public static Network Of(IReadOnlyList<Network> branches, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(branches);
        if (axis < -1)
        {
            throw new InvalidArgumentException(
                "Cannot make Concat", $"axis is {axis}", "the axis is -1 (channels) or the index of a spatial axis", "Omit axis to concatenate channels");
        }

        return branches.Count switch
        {
            0 => throw NoBranches("Concat"),
            1 => branches[0] ?? throw new ArgumentNullException(nameof(branches)),
            _ => new Concat(branches.ToValueList(), axis),
        };
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
