using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// Branches on the same signal, outputs added: K' = Σ Kᵢ, Θ' = Σ Θᵢ. Every branch must be a centred Gaussian signal and at most
/// one may lack parameters of its own. Always in normal form: at least two branches, none of them a <see cref="Sum"/>.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Sum : Layer
{
    private Sum(ValueList<Network> branches) : base(NestingAround(branches.AsSpan())) => Branches = branches;

    /// <summary>The branches.</summary>
    public ValueList<Network> Branches { get; }

    /// <summary>The sum of <paramref name="branches"/>; of one, itself.</summary>
    /// <exception cref="InvalidArgumentException">There is no branch.</exception>
    public static Network Of(IReadOnlyList<Network> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        if (branches.Count == 0) throw NoBranches("Sum");
        Network[] flat = [.. branches.SelectMany(BranchesOf)];
        return flat.Length == 1 ? flat[0] : new Sum([.. flat]);
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);

    private static IEnumerable<Network> BranchesOf(Network network) => network switch
    {
        Sum sum => sum.Branches,
        null => throw new ArgumentNullException(nameof(network)),
        _ => [network],
    };
}
