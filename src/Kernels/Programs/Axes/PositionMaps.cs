namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>Maps of several axes written out over all positions, numbered with the last axis fastest.</summary>
internal static class PositionMaps
{
    /// <summary>For each output position the input position that each tap of the whole filter reads, −1 where it reads none.</summary>
    public static int[][] Taps(IReadOnlyList<AxisWindow> axes)
    {
        int[] outputs = [.. axes.Select(axis => axis.OutputExtent)], filters = [.. axes.Select(axis => axis.Filter)];
        int[] inputs = [.. axes.Select(axis => axis.Extent)];
        return [.. All(outputs).Select(position => All(filters).Select(tap => Number(position, tap)).ToArray())];

        int Number(int[] position, int[] tap)
        {
            int number = 0;
            for (int axis = 0; axis < inputs.Length; axis++)
            {
                int source = axes[axis].Source(position[axis], tap[axis]);
                if (source < 0) return -1;
                number = number * inputs[axis] + source;
            }

            return number;
        }
    }

    /// <summary>For each output position the input positions that contribute and their weights: products over the axes.</summary>
    public static AxisWeight[][] Weights(IReadOnlyList<AxisMap> axes)
    {
        int[] outputs = [.. axes.Select(axis => axis.OutputExtent)];
        return [.. All(outputs).Select(Row)];

        AxisWeight[] Row(int[] position)
        {
            IEnumerable<AxisWeight> row = [new(0, 1)];
            for (int i = 0; i < axes.Count; i++)
            {
                AxisMap axis = axes[i];
                IReadOnlyList<AxisWeight> own = axis.Weights(position[i]);
                row = row.SelectMany(_ => own, (a, b) => new AxisWeight(a.Source * axis.Extent + b.Source, a.Weight * b.Weight)).ToArray();
            }

            return [.. row];
        }
    }

    /// <summary>For each position of a concatenation the branch that it comes from and its number there.</summary>
    public static (int Branch, int Position)[] Origins(IReadOnlyList<ValueList<int>> shapes, int axis)
    {
        int[] extents = [.. shapes[0]];
        extents[axis] = shapes.Sum(shape => shape[axis]);
        return [.. All(extents).Select(Origin)];

        (int Branch, int Position) Origin(int[] position)
        {
            int branch = 0, along = position[axis];
            while (along >= shapes[branch][axis]) along -= shapes[branch++][axis];
            int number = 0;
            for (int i = 0; i < extents.Length; i++) number = number * shapes[branch][i] + (i == axis ? along : position[i]);
            return (branch, number);
        }
    }

    /// <summary>For each position the number of its group: positions that differ only along <paramref name="axes"/> share one.</summary>
    public static int[] Groups(ValueList<int> shape, ValueList<int> axes) =>
        [.. All([.. shape]).Select(position => position.Select((at, axis) => (At: axes.Contains(axis) ? 0 : at, Extent: shape[axis]))
            .Aggregate(0, (number, one) => number * one.Extent + one.At))];

    /// <summary>All multi-indices below the given extents, the last axis fastest; of no axis the one empty index.</summary>
    private static IEnumerable<int[]> All(int[] extents)
    {
        IEnumerable<int[]> indices = [[]];
        foreach (int extent in extents)
        {
            indices = indices.SelectMany(_ => Enumerable.Range(0, extent), (index, next) => (int[])[.. index, next]);
        }

        return indices;
    }
}
