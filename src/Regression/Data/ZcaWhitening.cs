using System.Globalization;

namespace InfiniteNtk.Regression.Data;

/// <summary>
/// Σ = (1/N) Σₙ (xₙ − m)(xₙ − m)ᵀ = U diag(λ) Uᵀ over the d numbers of a sample; W = U diag((λ + ε·mean λ)^{−1/2}) Uᵀ.
/// The scale of ε follows Lee et al. 2020 (arXiv:2007.15801, appendix on ZCA regularisation). Costs N·d² and d³. W scales against
/// x, so both are taken in units of a power of two near the largest deviation: no square leaves the range of a double.
/// </summary>
internal sealed record ZcaWhitening : Preprocessing
{
    private readonly double _epsilon;

    public ZcaWhitening(double epsilon)
    {
        if (!(epsilon > 0) || double.IsInfinity(epsilon))
        {
            throw new InvalidArgumentException(
                "Cannot whiten", $"the regularisation is {epsilon.ToString(CultureInfo.InvariantCulture)}", "a positive number is required",
                "For example zca:1e-3, relative to the mean eigenvalue of the covariance");
        }

        _epsilon = epsilon;
    }

    public override string ToString() => $"zca:{_epsilon.ToString("R", CultureInfo.InvariantCulture)}";

    private protected override FittedPreprocessing FitTo(Samples population, ILinearAlgebra? algebra)
    {
        ILinearAlgebra with = algebra ?? LinearAlgebraBackends.Default;
        (Mean[] means, double[] deviations) = FeatureMoments.Of(population.Rows.View);
        int exponent = Exponent(deviations);
        double ridge = _epsilon * deviations.Average(std => Square(Math.ScaleB(std, -exponent)));
        using KernelMatrix<double> centred = population.Rows.Copy();
        Centre(centred, means, exponent);
        KernelMatrix<double> whitening = InverseRoot(centred, ridge, with);
        double absolute = Math.ScaleB(ridge, 2 * exponent);
        string words = $"ZCA whitening, regularised by {_epsilon.ToString("R", CultureInfo.InvariantCulture)} × the mean eigenvalue"
            + (double.IsNormal(absolute) ? $" = {Show(absolute)}" : "");
        return new FittedPreprocessing(words, population.Shape, rows =>
        {
            using KernelMatrix<double> input = rows.Copy();
            Centre(input, means, exponent);
            with.Multiply(1, input.View, false, whitening.View, false, 0, rows.View);
        });
    }

    private static int Exponent(double[] deviations)
    {
        double largest = deviations.Max();
        return largest > 0 ? Math.ILogB(largest) : 0;
    }

    private static double Square(double value) => value * value;

    private static KernelMatrix<double> InverseRoot(KernelMatrix<double> centred, double ridge, ILinearAlgebra with)
    {
        nint d = centred.Columns;
        using var vectors = new KernelMatrix<double>(d, d);
        with.Multiply(1.0 / centred.Rows, centred.View, true, centred.View, false, 0, vectors.View);
        double[] eigenvalues = new double[d];
        with.Eigenvectors(vectors.View, eigenvalues);
        using KernelMatrix<double> scaled = vectors.Copy();
        for (nint i = 0; i < d; i++)
        {
            Span<double> row = scaled.View.Row(i);
            for (int k = 0; k < row.Length; k++)
            {
                double shifted = Math.Max(eigenvalues[k], 0) + ridge;
                row[k] = shifted > 0 ? row[k] / Math.Sqrt(shifted) : 0; // A population of equal samples has ridge 0.
            }
        }

        var root = new KernelMatrix<double>(d, d);
        with.Multiply(1, scaled.View, false, vectors.View, true, 0, root.View);
        return root;
    }

    /// <summary>(x − m)/2^exponent.</summary>
    private static void Centre(KernelMatrix<double> rows, Mean[] means, int exponent)
    {
        for (nint i = 0; i < rows.Rows; i++)
        {
            Span<double> row = rows.View.Row(i);
            for (int c = 0; c < row.Length; c++) row[c] = Math.ScaleB(means[c].Deviation(row[c]), -exponent);
        }
    }
}
