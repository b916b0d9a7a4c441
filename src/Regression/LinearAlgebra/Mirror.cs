using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>Makes a matrix symmetric bit for bit from its lower triangle.</summary>
internal static class Mirror
{
    private const nint Tile = 32;

    /// <summary>Copies the lower triangle into the upper one, tile by tile so that both stay in cache.</summary>
    public static unsafe void LowerToUpper(MatrixView<double> a)
    {
        double* origin = a.Origin;
        for (nint top = 0; top < a.Rows; top += Tile)
        {
            for (nint left = 0; left <= top; left += Tile)
            {
                for (nint i = top; i < Math.Min(top + Tile, a.Rows); i++)
                {
                    nint end = Math.Min(left + Tile, i);
                    for (nint j = left; j < end; j++) origin[j * a.Stride + i] = origin[i * a.Stride + j];
                }
            }
        }
    }
}
