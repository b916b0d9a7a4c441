using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

/// <summary>
/// What one plane of one axis contributes to one plane of another: for each target entry the source entries and their weights.
/// </summary>
/// <param name="Starts">Of each target entry its first contribution; one more at the end.</param>
/// <param name="Sources">The source entry of each contribution, ascending for a target entry.</param>
/// <param name="Weights">Its weight.</param>
internal sealed record AxisBlock(int[] Starts, int[] Sources, double[] Weights)
{
    /// <summary>The weight that all contributions have; null: they differ.</summary>
    public double? Weight { get; } = Weights.Distinct().Take(2).Count() == 1 ? Weights[0] : null;

    /// <summary>How neighbours are joined, if each target entry has contributions of as many neighbours, the next entry's a fixed step on; else null.</summary>
    public Neighbours? Neighbours { get; } = NeighboursOf(Starts, Sources);

    /// <summary>The largest number of contributions to a target entry.</summary>
    public int Most { get; } = Enumerable.Range(0, Starts.Length - 1).Max(entry => Starts[entry + 1] - Starts[entry]);

    private static Neighbours? NeighboursOf(int[] starts, int[] sources)
    {
        int targets = starts.Length - 1, count = starts[1];
        if (count == 0) return null;
        var found = new Neighbours(sources[0], targets > 1 && count < sources.Length ? sources[count] - sources[0] : 0, count);
        bool regular = starts.Select((start, i) => start == i * count).All(same => same)
            && sources.Select((source, i) => source == found.First + i / count * found.Step + i % count).All(same => same);
        return regular ? found : null;
    }
}

/// <summary>Source entries First + i·Step and the Count − 1 after it contribute to target entry i.</summary>
/// <param name="First">The first source entry.</param>
/// <param name="Step">From one target entry's to the next one's.</param>
/// <param name="Count">How many contribute to a target entry.</param>
internal sealed record Neighbours(int First, int Step, int Count);

/// <summary>A linear map of covariances along one axis, plane by plane: T[(p, p'), (s, s')]. Maps of several axes act as products.</summary>
internal sealed class AxisTransfer
{
    private readonly AxisBlock?[,] _blocks;

    private AxisTransfer(AxisOffsets source, AxisOffsets target, IEnumerable<(int P, int P2, int S, int S2, double Weight)> entries)
    {
        (Source, Target) = (source, target);
        _blocks = new AxisBlock?[target.Count, source.Count];
        var lists = new List<(int Target, int Source, double Weight)>?[target.Count, source.Count];
        foreach ((int p, int p2, int s, int s2, double weight) in entries)
        {
            int to = target.PlaneOf(p2 - p), from = source.PlaneOf(s2 - s);
            if (to < 0 || from < 0) continue;
            (lists[to, from] ??= []).Add((Index(target, p, p2), Index(source, s, s2), weight));
        }

        for (int to = 0; to < target.Count; to++)
        {
            for (int from = 0; from < source.Count; from++)
            {
                if (lists[to, from] is { } list) _blocks[to, from] = Packed(list, target.PlaneExtent(to));
            }
        }
    }

    /// <summary>The source's planes.</summary>
    public AxisOffsets Source { get; }

    /// <summary>The target's planes.</summary>
    public AxisOffsets Target { get; }

    /// <summary>The contributions of source plane <paramref name="from"/> to target plane <paramref name="to"/>; null: none.</summary>
    public AxisBlock? this[int to, int from] => _blocks[to, from];

    /// <summary>Whether each target plane receives from the source plane of its own key only.</summary>
    public bool KeepsKeys
    {
        get
        {
            for (int to = 0; to < Target.Count; to++)
            {
                for (int from = 0; from < Source.Count; from++)
                {
                    if (_blocks[to, from] is not null && PlaneFamily.KeyOf(Target, to) != PlaneFamily.KeyOf(Source, from)) return false;
                }
            }

            return true;
        }
    }

    /// <summary>Both sides move by the same tap; each tap has weight 1.</summary>
    public static AxisTransfer Of(AxisWindow window, AxisOffsets source, AxisOffsets target) => new(source, target, Pairs(target).SelectMany(
        pair => Enumerable.Range(0, window.Filter)
            .Select(tap => (pair.P, pair.P2, S: window.Source(pair.P, tap), S2: window.Source(pair.P2, tap), 1.0))
            .Where(entry => entry.S >= 0 && entry.S2 >= 0)));

    /// <summary>Each side moves by its own weights.</summary>
    public static AxisTransfer Of(AxisMap map, AxisOffsets source, AxisOffsets target)
    {
        IReadOnlyList<AxisWeight>[] rows = [.. Enumerable.Range(0, map.OutputExtent).Select(map.Weights)];
        return new(source, target, Pairs(target).SelectMany(pair => rows[pair.P].SelectMany(
            _ => rows[pair.P2], (a, b) => (pair.P, pair.P2, a.Source, b.Source, a.Weight * b.Weight))));
    }

    /// <summary>Positions keep their order and start at <paramref name="first"/>.</summary>
    public static AxisTransfer Shift(int first, AxisOffsets source, AxisOffsets target) => new(
        source, target, Pairs(source).Select(pair => (pair.P + first, pair.P2 + first, pair.P, pair.P2, 1.0)));

    /// <summary>All (p, p') whose entry is held.</summary>
    private static IEnumerable<(int P, int P2)> Pairs(AxisOffsets held)
    {
        int[] differences = [.. held.Differences()];
        return Enumerable.Range(0, held.Extent).SelectMany(p => differences
            .Select(difference => (p, p + difference))
            .Where(pair => pair.Item2 >= 0 && pair.Item2 < held.Extent));
    }

    private static int Index(AxisOffsets axis, int s, int s2) => axis.Cyclic ? s : Math.Min(s, s2);

    private static AxisBlock Packed(List<(int Target, int Source, double Weight)> entries, int length)
    {
        (int Target, int Source, double Weight)[] merged =
        [
            .. entries.GroupBy(entry => (entry.Target, entry.Source))
                .Select(same => (same.Key.Target, same.Key.Source, same.Sum(entry => entry.Weight)))
                .OrderBy(entry => entry.Target).ThenBy(entry => entry.Source),
        ];
        int[] starts = new int[length + 1];
        foreach ((int target, _, _) in merged) starts[target + 1]++;
        for (int i = 0; i < length; i++) starts[i + 1] += starts[i];
        return new AxisBlock(starts, [.. merged.Select(entry => entry.Source)], [.. merged.Select(entry => entry.Weight)]);
    }
}
