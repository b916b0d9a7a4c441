namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>
/// How a filter slides along one axis of positions: which input position tap j of output position p reads. Padding is already
/// resolved to numbers, so nobody downstream knows its names.
/// </summary>
/// <remarks>
/// Forward: r(p, j) = p·t + j − lo. Transposed (the adjoint): input o contributes to p = o·t + j − lo, so r(p, j) = (p + lo − j)/t
/// where that is whole. On a circular axis positions are taken modulo the extent of the larger grid (any number of wraps;
/// transposed, (n − 1)·t lies below it, so that no two inputs meet); else a position outside is no position.
/// </remarks>
/// <param name="Extent">Input positions n, at least 1.</param>
/// <param name="OutputExtent">Output positions, at least 1.</param>
/// <param name="Filter">Taps k, at least 1.</param>
/// <param name="Stride">t, at least 1.</param>
/// <param name="Low">lo: how far tap 0 of output 0 reaches below input 0 (may be negative for a transposed window).</param>
/// <param name="Circular">Whether the axis is a ring.</param>
/// <param name="Transposed">Whether this is the adjoint geometry.</param>
internal sealed record AxisWindow(
    int Extent, int OutputExtent, int Filter, int Stride, int Low, bool Circular = false, bool Transposed = false)
{
    /// <summary>The input position that tap <paramref name="tap"/> of output <paramref name="position"/> reads; −1: none.</summary>
    public int Source(int position, int tap)
    {
        if (Transposed)
        {
            int written = position + Low - tap;
            if (Circular) written = Modulo(written, OutputExtent);
            if (written < 0 || written % Stride != 0) return -1;
            int origin = written / Stride;
            return origin < Extent ? origin : -1;
        }

        int read = position * Stride + tap - Low;
        if (Circular) return Modulo(read, Extent);
        return read >= 0 && read < Extent ? read : -1;
    }

    private static int Modulo(int value, int modulus)
    {
        int remainder = value % modulus;
        return remainder < 0 ? remainder + modulus : remainder;
    }
}
