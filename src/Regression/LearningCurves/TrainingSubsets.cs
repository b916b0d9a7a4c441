namespace InfiniteNtk;

/// <summary>
/// Random training sets: n of M points without replacement. Each is a function of (M, n, seed, index) alone, so that every kernel of a
/// comparison is trained on the same ones, in any order and on any number of threads.
/// </summary>
/// <remarks>Counter-based: the k-th random number of a set is a bijective mix (SplitMix64's) of key + k, not the state of a generator.</remarks>
/// <param name="population">M.</param>
/// <param name="seed">The seed.</param>
public sealed class TrainingSubsets(int population, int seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The points of training set <paramref name="index"/> at size <paramref name="n"/>, ascending.</summary>
    public int[] Draw(int n, int index)
    {
        ulong key = Mix(Mix(Mix((ulong)(uint)seed + Golden) + (ulong)(uint)n) + (ulong)(uint)index);
        int[] points = [.. Enumerable.Range(0, population)];
        for (int k = 0; k < n; k++)
        {
            // Lemire's product instead of a remainder; its bias is below M/2^64.
            ulong chosen = Math.BigMul(Mix(key + (ulong)(k + 1) * Golden), (ulong)(population - k), out _);
            int other = k + (int)chosen;
            (points[k], points[other]) = (points[other], points[k]);
        }

        int[] subset = points[..n];
        Array.Sort(subset);
        return subset;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
