namespace InfiniteNtk.Kernels.Inputs;

/// <summary>
/// Pairs of samples that are positive multiples of one another, to the rounding of their numbers: divided by their largest magnitude, no
/// number differs by more than 4 units of 2⁻⁵³. Equal samples are not listed.
/// </summary>
/// <remarks>
/// Each sample has a projection, the same for parallel ones but for rounding; only samples whose projections meet are compared. Cost: one
/// pass over the numbers, a sort, and a comparison for each pair that is found.
/// </remarks>
internal static class ParallelSamples
{
    private const double Rounding = 1.1102230246251565e-16;

    /// <summary>The pairs (i, j): i &lt; j of one set, or i of the left and j of the right set.</summary>
    public static IEnumerable<(nint Left, nint Right)> Pairs(Samples left, Samples? right)
    {
        int size = left.Shape.Size;
        double[] weights = [.. Enumerable.Range(1, size).Select(i => Math.Sin(i * 1.618033988749895))];
        double tolerance = 4 * Rounding * (size + 4) * weights.Sum(Math.Abs);
        (double Projection, double Scale, nint Index)[] columns = Sorted(right ?? left, weights), rows = right is null ? columns : Sorted(left, weights);
        int start = 0;
        for (int r = 0; r < rows.Length; r++)
        {
            while (start < columns.Length && columns[start].Projection < rows[r].Projection - tolerance) start++;
            for (int c = right is null ? r + 1 : start; c < columns.Length && columns[c].Projection <= rows[r].Projection + tolerance; c++)
            {
                nint i = rows[r].Index, j = columns[c].Index;
                if (!AreMultiples(left, i, rows[r].Scale, right ?? left, j, columns[c].Scale)) continue;
                yield return right is null && i > j ? (j, i) : (i, j);
            }
        }
    }

    private static (double Projection, double Scale, nint Index)[] Sorted(Samples samples, double[] weights)
    {
        List<(double Projection, double Scale, nint Index)> keys = [];
        for (nint i = 0; i < samples.Count; i++)
        {
            ReadOnlySpan<double> x = samples.Rows.View.Row(i);
            double scale = 0, projection = 0;
            foreach (double value in x) scale = Math.Max(scale, Math.Abs(value));
            if (scale == 0) continue;
            for (int c = 0; c < x.Length; c++) projection += weights[c] * (x[c] / scale);
            keys.Add((projection, scale, i));
        }

        keys.Sort();
        return [.. keys];
    }

    private static bool AreMultiples(Samples left, nint i, double scale, Samples right, nint j, double otherScale)
    {
        ReadOnlySpan<double> x = left.Rows.View.Row(i), y = right.Rows.View.Row(j);
        if (x.SequenceEqual(y)) return false;
        for (int c = 0; c < x.Length; c++)
        {
            if (!(Math.Abs(x[c] / scale - y[c] / otherScale) <= 4 * Rounding)) return false;
        }

        return true;
    }
}
