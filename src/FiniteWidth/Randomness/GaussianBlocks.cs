using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Randomness;

/// <summary>
/// The standard Gaussians of consecutive blocks of a stream, <see cref="Numbers"/> at a time: all words first, then all numbers, since
/// short loops keep several vectors in flight at once.
/// </summary>
internal static class GaussianBlocks
{
    /// <summary>Numbers at a time: one for each word.</summary>
    public const int Numbers = 4 * 4 * PhiloxLanes.Count;

    private const int LaneCount = 16;

    /// <summary>Writes the numbers of the blocks from <paramref name="first"/> on.</summary>
    public static void Fill((ulong Seed, uint Draw, ulong Name) stream, uint first, Span<uint> words, Span<float> target)
    {
        for (int i = 0; i < Numbers; i += 4 * PhiloxLanes.Count)
        {
            PhiloxLanes.Words(first + (uint)i / 4, stream.Draw, (uint)stream.Name, (uint)(stream.Name >> 32), stream.Seed, ref words[i]);
        }

        FromWords(words, target);
    }

    /// <summary>Numbers from words, both in the order of <see cref="PhiloxLanes.Words"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromWords(ReadOnlySpan<uint> words, Span<float> target)
    {
        for (int i = 0; i <= target.Length - 2 * LaneCount; i += 2 * LaneCount)
        {
            ref readonly uint angle = ref words[i + LaneCount];
            (Single512Lane gap, Single512Lane exponent) = BoxMullerLanes.Length(in words[i]);
            Single512Lane radius = BoxMullerLanes.Signed(BoxMuller.Radius(gap, exponent), in angle);
            (Single512Lane cosine, Single512Lane sine) = BoxMuller.Arc(BoxMullerLanes.Angle(in angle));
            BoxMullerLanes.Store(radius * cosine, radius * sine, in angle, ref target[i]);
        }
    }
}
