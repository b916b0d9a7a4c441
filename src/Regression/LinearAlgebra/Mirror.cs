namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>Moves entries across the diagonal, tile by tile so that both places stay in cache.</summary>
internal static class Mirror
{
    private const nint Tile = 32;

    private unsafe delegate void Pair(double* below, double* above);

    /// <summary>Copies the lower triangle into the upper one: symmetric bit for bit.</summary>
    public static unsafe void LowerToUpper(MatrixView<double> a) => Below(a, static (below, above) => *above = *below);

    /// <summary>Transposes a square matrix in place.</summary>
    public static unsafe void Transpose(MatrixView<double> a) =>
        Below(a, static (below, above) => (*above, *below) = (*below, *above));

    /// <summary>Writes the transpose of <paramref name="a"/> to another matrix.</summary>
    public static unsafe void Transpose(MatrixView<double> a, MatrixView<double> transposed)
    {
        double* source = a.Origin, target = transposed.Origin;
        for (nint top = 0; top < a.Rows; top += Tile)
        {
            for (nint left = 0; left < a.Columns; left += Tile)
            {
                for (nint i = top; i < Math.Min(top + Tile, a.Rows); i++)
                {
                    for (nint j = left; j < Math.Min(left + Tile, a.Columns); j++) target[j * transposed.Stride + i] = source[i * a.Stride + j];
                }
            }
        }
    }

    private static unsafe void Below(MatrixView<double> a, Pair action)
    {
        double* origin = a.Origin;
        for (nint top = 0; top < a.Rows; top += Tile)
        {
            for (nint left = 0; left <= top; left += Tile)
            {
                for (nint i = top; i < Math.Min(top + Tile, a.Rows); i++)
                {
                    nint end = Math.Min(left + Tile, i);
                    for (nint j = left; j < end; j++) action(origin + i * a.Stride + j, origin + j * a.Stride + i);
                }
            }
        }

        a.KeepAlive();
    }
}
