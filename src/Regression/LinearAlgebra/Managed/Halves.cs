namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>A lower triangle cut into two smaller ones and the rectangle below the first.</summary>
internal readonly ref struct Halves(Block whole)
{
    /// <summary>Rows of the first half: a multiple of 64, so that leaves are full.</summary>
    public nint Split { get; } = (whole.Rows / 2 + 63) / 64 * 64;

    public nint Rest => whole.Rows - Split;

    public Block First => whole.Slice(0, 0, Split, Split);

    public Block Below => whole.Slice(Split, 0, Rest, Split);

    public Block Second => whole.Slice(Split, Split, Rest, Rest);
}
