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
/// <param name="Size">Columns of a whole tile, and rows unless <see cref="Height"/> says otherwise.</param>
/// <param name="Symmetric">Whether the lower triangle is a mirror image.</param>
internal sealed record TilePlan(nint Rows, nint Columns, nint Size, bool Symmetric)
{
    /// <summary>Rows of a whole tile.</summary>
    public nint Height { get; init; } = Size;

    private nint Across => (Columns + Size - 1) / Size;

    /// <summary>Number of places; of a symmetric plan those below the diagonal are empty.</summary>
    public nint Places => (Rows + Height - 1) / Height * Across;

    /// <summary>Entries to compute.</summary>
    public long Entries => Symmetric ? (long)Rows * (Rows + 1) / 2 : (long)Rows * Columns;

    /// <summary>The tile of a place, row by row; null below the diagonal.</summary>
    public Tile? this[nint place]
    {
        get
        {
            nint row = place / Across * Height, column = place % Across * Size;
            if (Symmetric && row >= column + Size) return null;
            return new Tile(row, column, Math.Min(Height, Rows - row), Math.Min(Size, Columns - column));
        }
    }

    /// <summary>Entries that a tile computes and does not mirror.</summary>
    public long EntriesOf(Tile tile)
    {
        long below = 0;
        for (nint row = tile.Row; Symmetric && row < tile.Row + tile.Rows; row++) below += Math.Clamp(row - tile.Column, 0, tile.Columns);
        return (long)tile.Rows * tile.Columns - below;
    }
}
