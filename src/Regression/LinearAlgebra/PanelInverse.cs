namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>
/// A⁻¹ from A = L·Lᵀ, one panel after another from the last: with S = L₂₂L₂₂ᵀ inverted already and X = L₂₁L₁₁⁻¹, the inverse grows by
/// −S⁻¹X below the diagonal and (L₁₁L₁₁ᵀ)⁻¹ + XᵀS⁻¹X on it.
/// </summary>
/// <param name="algebra">Who computes.</param>
/// <param name="width">Columns of a panel.</param>
/// <param name="meter">Told in multiply-adds.</param>
internal sealed class PanelInverse(ILinearAlgebra algebra, nint width, OperationMeter meter)
{
    /// <summary>Replaces the factor by the inverse, both triangles, symmetric bit for bit.</summary>
    public void Invert(MatrixView<double> factor)
    {
        for (nint next = factor.Rows; next > 0;)
        {
            nint columns = Math.Min(width, next), first = next - columns, rest = factor.Rows - next;
            MatrixView<double> corner = factor.Slice(first, first, columns, columns), below = factor.Slice(next, first, rest, columns);

            // Xᵀ = L₁₁⁻ᵀ·L₂₁ᵀ.
            using var across = new KernelMatrix<double>(columns, rest);
            Mirror.Transpose(below, across.View);
            algebra.SolveTriangular(corner, true, across.View);
            algebra.Multiply(-1, factor.Slice(next, next, rest, rest), false, across.View, true, 0, below);
            algebra.InvertFromCholesky(corner);
            algebra.Multiply(-1, across.View, false, below, false, 1, corner);
            Mirror.LowerToUpper(corner);
            Mirror.Transpose(below, factor.Slice(first, next, columns, rest));
            double done = factor.Rows - first;
            meter.Report(done * done * done / 3);
            next = first;
        }
    }
}
