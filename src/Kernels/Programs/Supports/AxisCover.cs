namespace InfiniteNtk.Kernels.Programs.Supports;

/// <summary>
/// The smallest <see cref="AxisOffsets"/> around any set of offsets. A superset of what is needed is always correct, so nothing more
/// general than a progression is ever stored.
/// </summary>
internal static class AxisCover
{
    /// <summary>
    /// The cover with the smaller area of the two below. On a ring always the cyclic one, so that the steps between two windows of a
    /// ring agree on their planes. The offset 0 alone is the same plane in both and is never called cyclic.
    /// </summary>
    /// <param name="extent">Positions n of the axis.</param>
    /// <param name="offsets">s' − s of the entries to keep; 0 is kept in any case, those outside ±(n − 1) belong to no entry.</param>
    /// <param name="ring">Whether the axis is a ring for whoever reads or writes it.</param>
    public static AxisOffsets Smallest(int extent, IEnumerable<int> offsets, bool ring)
    {
        int[] wanted = [.. offsets.Where(offset => Math.Abs(offset) < extent).Append(0).Distinct().Order()];
        if (wanted is [0]) return AxisOffsets.Zero(extent);
        AxisOffsets cyclic = Cyclic(extent, wanted);
        if (ring) return cyclic;
        AxisOffsets open = Open(extent, wanted);
        return cyclic.Area < open.Area ? cyclic : open;
    }

    /// <summary>First = min, Last = max, Step = gcd of the differences.</summary>
    private static AxisOffsets Open(int extent, int[] wanted)
    {
        int step = wanted.Aggregate(0, (divisor, offset) => Gcd(divisor, offset - wanted[0]));
        return new(extent, wanted[0], wanted[^1], Math.Max(step, 1), false);
    }

    /// <summary>
    /// On the ring the wanted residues have gaps g₀, g₁, … that sum to n. A progression leaves one gap out: it spans n − gᵢ with the
    /// gcd of the other gaps as its step. The one with the fewest planes is taken, of several the one centred best on 0.
    /// </summary>
    private static AxisOffsets Cyclic(int extent, int[] wanted)
    {
        int[] residues = [.. wanted.Select(offset => (offset + extent) % extent).Distinct().Order()];
        int count = residues.Length;
        if (count == extent) return new(extent, 0, extent - 1, 1, true);
        int[] gaps = [.. residues.Select((residue, i) => i + 1 < count ? residues[i + 1] - residue : residues[0] + extent - residue)];
        int[] before = Divisors(gaps), after = [.. Divisors([.. gaps.Reverse()]).Reverse()];
        return Enumerable.Range(0, count)
            .Select(i => Centred(extent, residues[(i + 1) % count], extent - gaps[i], Math.Max(Gcd(before[i], after[i]), 1)))
            .MinBy(cover => (cover.Count, Math.Abs(cover.First + cover.Last)))!;
    }

    private static AxisOffsets Centred(int extent, int first, int span, int step)
    {
        int start = Math.Abs(2 * (first - extent) + span) <= 2 * first + span ? first - extent : first;
        return new(extent, start, start + span, step, true);
    }

    /// <summary>Entry i is the gcd of the gaps before i.</summary>
    private static int[] Divisors(int[] gaps)
    {
        int[] divisors = new int[gaps.Length];
        for (int i = 1; i < gaps.Length; i++) divisors[i] = Gcd(divisors[i - 1], gaps[i - 1]);
        return divisors;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
