using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Text;

namespace InfiniteNtk;

/// <summary>
/// A neural-network architecture as data: immutable, compared by value, without code inside. Its meanings (signal shapes, kernel
/// program, text, JSON, LaTeX) are separate readings. Networks are written with the words of <see cref="Layers"/>.
/// </summary>
/// <example><code>
/// Network network = Flatten >> Dense(weightStd: Sqrt2) >> Relu >> Dense();
/// </code></example>
[JsonConverter(typeof(NetworkJsonConverter))]
public abstract partial record Network
{
    /// <summary>Branches may be nested this deep; readings recurse over them.</summary>
    internal const int DeepestNesting = 256;

    private protected Network(int nesting = 0)
    {
        if (nesting > DeepestNesting)
        {
            throw new InvalidArgumentException(
                "Cannot nest these networks", $"branches lie {nesting} deep", $"at most {DeepestNesting} levels are allowed",
                "Write long chains with >> or Repeat, which do not nest");
        }

        Nesting = nesting;
    }

    /// <summary>How deep branches and bodies are nested; 0 for a plain layer.</summary>
    internal int Nesting { get; }

    /// <summary>Calls the method of <paramref name="reader"/> for this kind of network.</summary>
    internal abstract TResult Accept<TResult>(INetworkReader<TResult> reader);

    /// <summary>
    /// <paramref name="first"/>, then <paramref name="second"/>. Associative by value, with <see cref="Identity"/> as its unit.
    /// </summary>
    public static Network operator >>(Network first, Network second) => Serial.Of([first, second]);

    /// <summary>
    /// Both on the same signal, outputs added (a residual connection with <see cref="Identity"/>). Associative by value,
    /// commutative up to equality of kernels. In C# and in the text form it binds tighter than <c>&gt;&gt;</c>.
    /// </summary>
    public static Network operator +(Network left, Network right) => Sum.Of([left, right]);

    /// <summary>The text form: legal C# with <c>using static</c> <see cref="Layers"/>; <see cref="NetworkText.Parse"/> reads it back.</summary>
    public sealed override string ToString() => NetworkText.Print(this);

    /// <summary>One more than the deepest of <paramref name="parts"/>; also refuses null among them.</summary>
    private protected static int NestingAround(ReadOnlySpan<Network> parts, [CallerArgumentExpression(nameof(parts))] string? name = null)
    {
        int deepest = 0;
        foreach (Network part in parts)
        {
            ArgumentNullException.ThrowIfNull(part, name);
            deepest = Math.Max(deepest, part.Nesting);
        }

        return deepest + 1;
    }
}
