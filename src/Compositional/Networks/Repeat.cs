using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>A body several times in a row, each time with parameters of its own; 0 times is <see cref="Identity"/>.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Repeat : Network
{
    /// <summary><paramref name="body"/> <paramref name="count"/> times.</summary>
    /// <exception cref="InvalidArgumentException">The count is negative.</exception>
    public Repeat(int count, Network body) : base(NestingAround([body]))
    {
        if (count < 0)
        {
            throw new InvalidArgumentException("Cannot make Repeat", $"count is {count}", "a count is at least 0", "Pass how often the body occurs");
        }

        Count = count;
        Body = body;
    }

    /// <summary>How often.</summary>
    public int Count { get; }

    /// <summary>What is repeated.</summary>
    public Network Body { get; }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(INetworkReader<TResult> reader) => reader.Read(this);
}
