using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>
/// A linear map between positions, y(p) = Σ_s L(p, s)·x(s), as its rows' nonzero entries one row after another; and its transpose,
/// so that neither way adds to the same number from two threads.
/// </summary>
internal sealed class PositionTable
{
    private PositionTable(int rows, int columns, IReadOnlyList<(int Row, int Column, double Weight)> entries)
    {
        Rows = rows;
        Columns = columns;
        Starts = new long[rows + 1];
        foreach ((int row, _, _) in entries) Starts[row + 1]++;
        for (int row = 0; row < rows; row++) Starts[row + 1] += Starts[row];
        (int Row, int Column, double Weight)[] ordered = [.. entries.OrderBy(entry => entry.Row)];
        Sources = Array.ConvertAll(ordered, entry => (long)entry.Column);
        Weights = Array.ConvertAll(ordered, entry => entry.Weight);
    }

    /// <summary>Positions of y.</summary>
    public int Rows { get; }

    /// <summary>Positions of x.</summary>
    public int Columns { get; }

    /// <summary>Where each row's entries begin; at the end how many there are.</summary>
    public long[] Starts { get; }

    /// <summary>s of each entry.</summary>
    public long[] Sources { get; }

    /// <summary>L(p, s) of each entry.</summary>
    public double[] Weights { get; }

    /// <summary>The same entries by column.</summary>
    public PositionTable Transposed => new(
        Columns, Rows,
        [.. Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Range((int)Starts[row], (int)(Starts[row + 1] - Starts[row]))
            .Select(k => ((int)Sources[k], row, Weights[k])))]);

    /// <summary>What filters see: a row for each output position and tap, empty where the tap lies outside.</summary>
    public static PositionTable Of(int[][] taps, int inputs) => new(
        taps.Length * taps[0].Length, inputs,
        [.. taps.SelectMany((row, p) => row.Select((source, j) => (p * row.Length + j, source, 1.0))).Where(entry => entry.source >= 0)]);

    /// <summary>Pooling, resizing, a choice of positions.</summary>
    public static PositionTable Of(AxisWeight[][] weights, int inputs) => new(
        weights.Length, inputs, [.. weights.SelectMany((row, p) => row.Select(entry => (p, entry.Source, entry.Weight)))]);

    /// <summary>Each position once, in another order.</summary>
    public static PositionTable Of(IEnumerable<int> order)
    {
        int[] positions = [.. order];
        return new(positions.Length, positions.Length, [.. positions.Select((source, p) => (p, source, 1.0))]);
    }
}
