namespace InfiniteNtk.Regression.Comparison;

/// <summary>Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing the mean of theirs.</summary>
internal static class RankCorrelation
{
    /// <summary>Between -1 and 1; NaN for fewer than two pairs or where one side is constant.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Spearman(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"{a.Length} and {b.Length} values cannot be paired.", nameof(b));
        double[] left = Ranks(a), right = Ranks(b);
        double mean = (a.Length + 1) / 2.0;
        double both = 0, leftSquares = 0, rightSquares = 0;
        for (int i = 0; i < left.Length; i++)
        {
            both += (left[i] - mean) * (right[i] - mean);
            leftSquares += (left[i] - mean) * (left[i] - mean);
            rightSquares += (right[i] - mean) * (right[i] - mean);
        }

        return both / Math.Sqrt(leftSquares * rightSquares);
    }

    /// <summary>1 for the smallest; equal values share the mean of their ranks.</summary>
    public static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first]) end++;
            for (int i = first; i < end; i++) ranks[order[i]] = (first + 1 + end) / 2.0;
        }

        return ranks;
    }
}
