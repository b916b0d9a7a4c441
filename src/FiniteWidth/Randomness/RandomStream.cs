using System.Numerics;
using System.Text;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Randomness;

/// <summary>
/// A named sequence of random numbers, any of them available at once: number i of a stream is a pure function of seed, draw, name
/// and i. What another program needs to reproduce it is written here.
/// </summary>
/// <remarks>
/// <para>
/// The 64-bit seed is Philox's key. Its counter, lowest word first, is (block, draw, low and high half of the FNV-1a 64 hash of the
/// name in UTF-8). Block b holds the numbers 4b … 4b+3, from the words w₀ … w₃.
/// </para>
/// <para>
/// Uniform: (w + ½)·2⁻³². Gaussian: numbers 4b, 4b+1 come from w₀ and w₁, 4b+2, 4b+3 from w₂ and w₃, each two by Box–Muller from a word w
/// that is the length and a word v that is the angle: r = √(−2 ln((w + ½)·2⁻³²)), negative where bit 31 of v is set; θ = (j + ½)·2⁻³⁰·π/2
/// for its bits 29 … 0 as a signed number j; the numbers are r·cos θ, r·sin θ, exchanged where its bit 30 is set.
/// </para>
/// <para>
/// A standard Gaussian is a float: logarithm, sine and cosine are polynomials (<see cref="BoxMuller"/>, <see cref="BoxMullerLanes"/>)
/// whose every step rounds as IEEE 754 says, so that its bits are those of every processor, device and precision, within 4 units in the
/// last place of the formula. The largest possible magnitude is 6.76.
/// </para>
/// </remarks>
internal readonly record struct RandomStream
{
    private readonly ulong _seed;
    private readonly uint _draw;
    private readonly ulong _name;

    /// <summary>The stream of a name.</summary>
    /// <param name="seed">What the whole experiment starts from.</param>
    /// <param name="draw">Which repetition; different draws are independent.</param>
    /// <param name="name">What is sampled, for example a layer's path and the sizes of its matrix.</param>
    public RandomStream(ulong seed, uint draw, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _seed = seed;
        _draw = draw;
        _name = Fnv1a(name);
    }

    /// <summary>What the numbers are a function of, besides their index: seed, draw and hash of the name.</summary>
    internal (ulong Seed, uint Draw, ulong Name) Identity => (_seed, _draw, _name);

    /// <summary>Numbers a stream holds: 2³⁴.</summary>
    public static long Length => 1L << 34;

    /// <summary>Fills <paramref name="target"/> with the standard Gaussians of index <paramref name="first"/> and on.</summary>
    /// <exception cref="InvalidArgumentException">The range leaves the stream.</exception>
    public void Gaussian(long first, Span<double> target) => Gaussian(first, target, 1);

    /// <summary>The same times a standard deviation, in double precision, and rounded where <typeparamref name="T"/> is <see cref="float"/>.</summary>
    /// <exception cref="InvalidArgumentException">The range leaves the stream.</exception>
    public void Gaussian<T>(long first, Span<T> target, double std) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireRange(first, target.Length);
        Span<uint> words = stackalloc uint[GaussianBlocks.Numbers];
        Span<float> standard = stackalloc float[GaussianBlocks.Numbers];
        long end = first + target.Length;
        for (long start = first & ~3L; start < end; start += standard.Length)
        {
            GaussianBlocks.Fill(Identity, (uint)(start >> 2), words, standard);
            long from = Math.Max(start, first);
            int count = (int)(Math.Min(start + standard.Length, end) - from);
            Widening.Scale(standard.Slice((int)(from - start), count), std, target.Slice((int)(from - first), count));
        }
    }

    /// <summary>Fills <paramref name="target"/> with the uniform numbers in (0, 1) of index <paramref name="first"/> and on.</summary>
    /// <exception cref="InvalidArgumentException">The range leaves the stream.</exception>
    public void Uniform(long first, Span<double> target)
    {
        RequireRange(first, target.Length);
        for (int i = 0; i < target.Length; i++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Block((uint)((first + i) >> 2));
            target[i] = ToUnit(((first + i) & 3) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 });
        }
    }

    private (uint W0, uint W1, uint W2, uint W3) Block(uint block) =>
        Philox.Block((block, _draw, (uint)_name, (uint)(_name >> 32)), _seed);

    private static double ToUnit(uint word) => (word + 0.5) * (1.0 / 4294967296.0);

    private static ulong Fnv1a(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(name)) hash = (hash ^ value) * 0x100000001B3;
        return hash;
    }

    private static void RequireRange(long first, int count)
    {
        if (first >= 0 && first <= Length - count) return;
        throw new InvalidArgumentException(
            "Cannot draw random numbers", $"indices {first} to {first + count - 1} were asked for", $"a stream holds {Length} numbers",
            "Use a smaller width or split the numbers over several names");
    }
}
