namespace InfiniteNtk.Compositional.Catalog;

/// <summary>What somebody who mistyped a name probably meant.</summary>
internal static class NearestName
{
    /// <summary>"Did you mean X?", or <paramref name="otherwise"/> where no name is near.</summary>
    public static string Remedy(string received, IEnumerable<string> names, string otherwise) =>
        Of(received, names) is { } near ? $"Did you mean {near}?" : otherwise;

    /// <summary>The nearest name; null where none is near.</summary>
    public static string? Of(string received, IEnumerable<string> names)
    {
        (string? best, int distance) = (null, Math.Max(2, received.Length / 3) + 1);
        foreach (string name in names)
        {
            int candidate = Distance(received, name);
            if (candidate < distance) (best, distance) = (name, candidate);
        }

        return best;
    }

    /// <summary>Insertions, deletions and replacements between two words, ignoring case.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > 64) return int.MaxValue;
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[right.Length];
    }
}
