using System.Numerics;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Randomness;

/// <summary>
/// The Gaussians of consecutive blocks of a stream, <see cref="Numbers"/> at a time, in short passes over memory that stays in the
/// first cache: a pass of few operations keeps several vectors in flight at once, all of it in one would wait for itself.
/// </summary>
internal readonly ref struct GaussianBlocks
{
    /// <summary>Numbers at a time.</summary>
    public const int Numbers = 4 * 2 * PhiloxLanes.Count;

    private const int Blocks = Numbers / 4;
    private const int Pairs = 2 * Blocks;
    private const int LaneCount = 8;

    private readonly Span<double> _mantissa, _exponent, _angle;
    private readonly double _std;

    /// <summary>Draws numbers of a standard deviation.</summary>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> numbers.</param>
    /// <param name="std">The standard deviation.</param>
    public GaussianBlocks(Span<double> scratch, double std)
    {
        _mantissa = scratch[..Pairs];
        _exponent = scratch.Slice(Pairs, Pairs);
        _angle = scratch.Slice(2 * Pairs, Pairs);
        _std = std;
    }

    /// <summary>Numbers of scratch.</summary>
    public static int ScratchLength => 3 * Pairs;

    /// <summary>Writes the numbers of the blocks from <paramref name="first"/> on.</summary>
    public void Fill<T>((ulong Seed, uint Draw, ulong Name) stream, uint first, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, Numbers);
        for (int block = 0; block < Blocks; block += PhiloxLanes.Count)
        {
            PhiloxLanes.BoxMullerArguments(
                first + (uint)block, stream.Draw, (uint)stream.Name, (uint)(stream.Name >> 32), stream.Seed,
                ref _mantissa[2 * block], ref _exponent[2 * block], ref _angle[2 * block]);
        }

        Radii(_mantissa, _exponent);
        Circles(_angle, _mantissa, _exponent, _std);
        for (int block = 0; block < Blocks; block += LaneCount)
        {
            GaussianOrder.Store(_mantissa.Slice(2 * block, 2 * LaneCount), _exponent.Slice(2 * block, 2 * LaneCount), target.Slice(4 * block, 4 * LaneCount));
        }
    }

    /// <summary>Mantissas become radii.</summary>
    private static void Radii(Span<double> mantissa, ReadOnlySpan<double> exponent)
    {
        for (int i = 0; i <= mantissa.Length - LaneCount; i += LaneCount)
        {
            Double512Lane.Store(BoxMuller.Radius(Double512Lane.Load(in mantissa[i]), Double512Lane.Load(in exponent[i])), ref mantissa[i]);
        }
    }

    /// <summary>Radii become the first number of each pair, what <paramref name="sine"/> held the second.</summary>
    private static void Circles(ReadOnlySpan<double> angle, Span<double> radius, Span<double> sine, double std)
    {
        Double512Lane scale = Double512Lane.Broadcast(std);
        for (int i = 0; i <= radius.Length - LaneCount; i += LaneCount)
        {
            Double512Lane r = Double512Lane.Load(in radius[i]);
            (Double512Lane x, Double512Lane y) = BoxMuller.Circle(Double512Lane.Load(in angle[i]));
            Double512Lane.Store(r * x * scale, ref radius[i]);
            Double512Lane.Store(r * y * scale, ref sine[i]);
        }
    }
}
