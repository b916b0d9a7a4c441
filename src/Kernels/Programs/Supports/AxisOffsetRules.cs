using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Programs.Supports;

/// <summary>Which input offsets of one axis are read for given output offsets.</summary>
internal static class AxisOffsetRules
{
    /// <summary>
    /// A tap reads r(p) and r(p') of the same tap. Forward, r(p') − r(p) = t·(p' − p): the plane Δ reads tΔ, on a ring tΔ mod n.
    /// Transposed, t·(r(p') − r(p)) = p' − p: the plane Δ reads Δ/t where that is whole, else nothing; on a ring of N outputs the e
    /// with te ≡ Δ mod N.
    /// </summary>
    public static AxisOffsets Read(AxisWindow window, AxisOffsets written)
    {
        HashSet<int> outputs = [.. written.Differences()];
        int t = window.Stride, n = window.Extent, ring = window.OutputExtent;
        IEnumerable<int> inputs = (window.Transposed, window.Circular) switch
        {
            (false, false) => outputs.Select(offset => t * offset),
            (false, true) => outputs.Select(offset => t * offset % n),
            (true, false) => outputs.Where(offset => offset % t == 0).Select(offset => offset / t),
            (true, true) => Enumerable.Range(1 - n, 2 * n - 1).Where(e => new[] { 0, -ring, ring }.Any(turn => outputs.Contains(t * e % ring + turn))),
        };
        return AxisCover.Smallest(n, inputs, window.Circular);
    }

    /// <summary>
    /// All s' − s with L(p, s) ≠ 0, L(p', s') ≠ 0 and p' − p among the written offsets. For a pooling window of k taps these are
    /// tΔ − k + 1 … tΔ + k − 1, for a slice step·Δ, for a global pool all; resizing depends on the position and gives the union.
    /// </summary>
    public static AxisOffsets Read(AxisMap map, AxisOffsets written)
    {
        (int First, int Last)[][] runs = [.. Enumerable.Range(0, map.OutputExtent).Select(position => Runs(map.Weights(position)))];
        int n = map.Extent;
        int[] reached = new int[2 * n];
        foreach (int offset in written.Differences())
        {
            for (int p = Math.Max(0, -offset); p < map.OutputExtent && p + offset < map.OutputExtent; p++)
            {
                foreach ((int First, int Last) left in runs[p])
                {
                    foreach ((int First, int Last) right in runs[p + offset])
                    {
                        reached[right.First - left.Last + n - 1]++;
                        reached[right.Last - left.First + n]--;
                    }
                }
            }
        }

        int inside = 0;
        var offsets = new List<int>();
        for (int offset = 1 - n; offset < n; offset++)
        {
            inside += reached[offset + n - 1];
            if (inside > 0) offsets.Add(offset);
        }

        return AxisCover.Smallest(n, offsets, map is PoolAxis { Window.Circular: true });
    }

    /// <summary>Neighbouring sources as intervals.</summary>
    private static (int First, int Last)[] Runs(IReadOnlyList<AxisWeight> weights)
    {
        var runs = new List<(int First, int Last)>();
        foreach (AxisWeight weight in weights)
        {
            if (runs.Count > 0 && runs[^1].Last + 1 == weight.Source) runs[^1] = (runs[^1].First, weight.Source);
            else runs.Add((weight.Source, weight.Source));
        }

        return [.. runs];
    }
}
