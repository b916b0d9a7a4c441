using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// Networks one after another. Always in normal form: at least two parts, none of them a <see cref="Serial"/> or an
/// <see cref="Identity"/>, so that <c>&gt;&gt;</c> is associative by value.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Serial : Network
{
    private Serial(ValueList<Network> parts) : base(NestingAround(parts.AsSpan())) => Parts = parts;

    /// <summary>The parts, first applied first.</summary>
    public ValueList<Network> Parts { get; }

    /// <summary>The chain of <paramref name="parts"/>; of none, <see cref="Identity"/>; of one, itself.</summary>
    public static Network Of(IReadOnlyList<Network> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Network[] flat = [.. parts.SelectMany(PartsOf)];
        return flat.Length switch
        {
            0 => new Identity(),
            1 => flat[0],
            _ => new Serial([.. flat]),
        };
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(INetworkReader<TResult> reader) => reader.Read(this);

    private static IEnumerable<Network> PartsOf(Network network) => network switch
    {
        Serial serial => serial.Parts,
        Identity => [],
        null => throw new ArgumentNullException(nameof(network)),
        _ => [network],
    };
}
