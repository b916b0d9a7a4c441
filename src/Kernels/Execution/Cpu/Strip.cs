using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>
/// Where a step works: some left samples by many right samples at one position. Right samples fill whole lanes, so loops have no
/// remainder.
/// </summary>
internal unsafe struct Strip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The registers read and written.</summary>
    public RegisterFile<T> Registers;

    /// <summary>The input products of this tile.</summary>
    public TileProducts<T> Products;

    /// <summary>First left sample, within the tile.</summary>
    public nint Row;

    /// <summary>Number of left samples.</summary>
    public nint Rows;

    /// <summary>First right sample that is computed, within the tile, at a panel's start.</summary>
    public nint FirstColumn;

    /// <summary>End of the right samples that are computed now, within the tile, at a panel's end.</summary>
    public nint Columns;

    /// <summary>End of the tile's right samples, at a panel's end.</summary>
    public nint TileColumns;

    /// <summary>The position that is computed, of how many.</summary>
    public int Position, Positions;

    /// <summary>Whether Θ is computed.</summary>
    public bool WithTheta;

    /// <summary>Whether row r and column r of the tile are the same sample of a symmetric call.</summary>
    public bool OnDiagonal;

    /// <summary>The step's terms of the strip's first left sample and of the tile's first right sample.</summary>
    public T* Left, Right;

    /// <summary>From one term of a sample to its next.</summary>
    public nint TermStride;
}
