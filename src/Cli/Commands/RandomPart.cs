namespace InfiniteNtk.Cli.Commands;

/// <summary>A random part of labelled points: of each class as large a share as of all; the order of the file is kept.</summary>
internal static class RandomPart
{
    /// <summary>A part with targets of its own (numbers are centred by the mean of the part); the given points stay as they are.</summary>
    public static Dataset Of(Dataset all, int count, int seed)
    {
        int[] rows = Rows(all.Targets, count, seed);
        Targets targets = all.Targets.Task == TaskKind.Classification
            ? Targets.FromClasses([.. rows.Select(row => all.Targets.Classes[row])], all.Targets.ClassNames)
            : Targets.Centred(WithMeans(all.Targets, rows));
        return all with { Samples = new Samples(Take(all.Samples.Rows, rows), all.Samples.Shape), Targets = targets };
    }

    /// <summary>The chosen rows in ascending order: each class rounded down to its share, what is left to the largest remainders.</summary>
    public static int[] Rows(Targets targets, int count, int seed)
    {
        int population = checked((int)targets.Count);
        if (count > population || count < 2)
        {
            throw new InvalidArgumentException(
                "Cannot take a part of the points", $"--points is {count}", $"the file has {population} points, and two at least are needed", "Ask for fewer points, or leave --points out");
        }

        int[][] groups =
        [
            .. Enumerable.Range(0, population).GroupBy(row => targets.Classes.Count > 0 ? targets.Classes[row] : 0).OrderBy(group => group.Key).Select(group => group.ToArray()),
        ];
        int[] shares = [.. groups.Select(group => (int)((long)count * group.Length / population))];
        int[] byRemainder = [.. Enumerable.Range(0, groups.Length).OrderByDescending(index => (long)count * groups[index].Length % population)];
        int left = count - shares.Sum();
        foreach (int index in byRemainder.Take(left)) shares[index]++;
        var random = new Random(seed);
        foreach (int[] group in groups) random.Shuffle(group);
        return [.. groups.Zip(shares, (group, share) => group.Take(share)).SelectMany(chosen => chosen).Order()];
    }

    private static KernelMatrix<double> WithMeans(Targets targets, int[] rows)
    {
        KernelMatrix<double> values = Take(targets.Values, rows);
        for (nint i = 0; i < values.Rows; i++)
        {
            for (int c = 0; c < targets.Means.Count; c++) values[i, c] += targets.Means[c];
        }

        return values;
    }

    private static KernelMatrix<double> Take(KernelMatrix<double> from, int[] rows)
    {
        var chosen = new KernelMatrix<double>(rows.Length, from.Columns);
        for (int i = 0; i < rows.Length; i++) from.View.Row(rows[i]).CopyTo(chosen.View.Row(i));
        return chosen;
    }
}
