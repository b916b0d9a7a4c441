using System.Text;
using InfiniteNtk.Kernels.Errors;
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
/// Uniform: (w + ½)·2⁻³². Gaussian: numbers 4b, 4b+1 are √(−2 ln u₀)·(cos 2πu₁, sin 2πu₁), 4b+2, 4b+3 the same of u₂, u₃
/// (<see cref="BoxMuller"/>), in double precision; the largest possible magnitude is 6.76.
/// </para>
/// </remarks>
public readonly record struct RandomStream
{
    private const int LaneCount = 8;
    private const int PairsAtOnce = 32;
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
    public void Gaussian(long first, Span<double> target)
    {
        RequireRange(first, target.Length);
        Span<double> buffer = stackalloc double[2 * PairsAtOnce];
        long end = first + target.Length;
        for (long start = first & ~3L; start < end; start += buffer.Length)
        {
            FillGaussian((uint)(start >> 2), buffer);
            long from = Math.Max(start, first);
            int count = (int)(Math.Min(start + buffer.Length, end) - from);
            buffer.Slice((int)(from - start), count).CopyTo(target[(int)(from - first)..]);
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

    /// <summary>The numbers of consecutive blocks, eight at a time.</summary>
    private void FillGaussian(uint firstBlock, Span<double> target)
    {
        const int Pairs = 2 * PhiloxLanes.Count;
        Span<double> mantissa = stackalloc double[Pairs];
        Span<double> exponent = stackalloc double[Pairs];
        Span<double> angle = stackalloc double[Pairs];
        for (int block = 0; 4 * block < target.Length; block += PhiloxLanes.Count)
        {
            PhiloxLanes.BoxMullerArguments(
                firstBlock + (uint)block, _draw, (uint)_name, (uint)(_name >> 32), _seed, ref mantissa[0], ref exponent[0], ref angle[0]);
            for (int i = 0; i < Pairs; i += LaneCount)
            {
                (Double512Lane cosine, Double512Lane sine) = BoxMuller.Pair(
                    Double512Lane.Load(ref mantissa[i]), Double512Lane.Load(ref exponent[i]), Double512Lane.Load(ref angle[i]));
                Double512Lane.Store(cosine, ref mantissa[i]);
                Double512Lane.Store(sine, ref exponent[i]);
            }

            Span<double> numbers = target.Slice(4 * block, 4 * PhiloxLanes.Count);
            for (int i = 0; i < PhiloxLanes.Count; i++)
            {
                numbers[4 * i] = mantissa[i];
                numbers[4 * i + 1] = exponent[i];
                numbers[4 * i + 2] = mantissa[PhiloxLanes.Count + i];
                numbers[4 * i + 3] = exponent[PhiloxLanes.Count + i];
            }
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
