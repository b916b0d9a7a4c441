namespace InfiniteNtk.Kernels.Execution;

/// <summary>A rectangle of kernel entries: the unit of work.</summary>
/// <param name="Row">First left sample.</param>
/// <param name="Column">First right sample.</param>
/// <param name="Rows">Number of left samples.</param>
/// <param name="Columns">Number of right samples.</param>
internal readonly record struct Tile(nint Row, nint Column, nint Rows, nint Columns);

/// <summary>All tiles of a kernel; of a symmetric one those on and above the diagonal.</summary>
/// <param name="Rows">Left samples.</param>
/// <param name="Columns">Right samples.</param>
/// <param name="Size">Rows and columns of a whole tile.</param>
/// <param name="Symmetric">Whether the lower triangle is a mirror image.</param>
internal sealed record TilePlan(nint Rows, nint Columns, nint Size, bool Symmetric)
{
    private nint Across => (Columns + Size - 1) / Size;

    /// <summary>Number of places; of a symmetric plan those below the diagonal are empty.</summary>
    public nint Places => (Rows + Size - 1) / Size * Across;

    /// <summary>Entries to compute.</summary>
    public long Entries => Symmetric ? (long)Rows * (Rows + 1) / 2 : (long)Rows * Columns;

    /// <summary>The tile of a place, row by row; null below the diagonal.</summary>
    public Tile? this[nint place]
    {
        get
        {
            nint row = place / Across * Size, column = place % Across * Size;
            if (Symmetric && row > column) return null;
            return new Tile(row, column, Math.Min(Size, Rows - row), Math.Min(Size, Columns - column));
        }
    }

    /// <summary>Entries that a tile computes and does not mirror.</summary>
    public long EntriesOf(Tile tile) => Symmetric && tile.Row == tile.Column
        ? (long)tile.Rows * (tile.Rows + 1) / 2
        : (long)tile.Rows * tile.Columns;
}
