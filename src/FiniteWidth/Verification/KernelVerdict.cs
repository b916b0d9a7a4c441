using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Errors;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>
/// Whether sampled networks confirm a kernel. At finite width the mean of an empirical kernel is off by about 1/width, so neither
/// "within three standard errors" nor more draws at one width decide it: the error has to be followed over widths.
/// </summary>
/// <remarks>
/// Per entry, e(w) = (mean − exact)/√(exact_ii exact_jj) is fitted by a + b/w over at least four widths. <em>Refuted</em>: |a| is
/// larger than Student's t times its standard error at the level 1 % for all distinct entries together (Bonferroni).
/// <em>Consistent</em>: not refuted, and every standard error of a is at most 1 %. Otherwise <em>not enough samples</em>.
/// Beside it, the root mean square error of a single draw should fall with slope −½ in the logarithm of the width.
/// </remarks>
/// <param name="Verdict">The verdict.</param>
/// <param name="Row">Row of the worst entry, the one with the largest |a| in its own standard errors.</param>
/// <param name="Column">Its column.</param>
/// <param name="Intercept">a of the worst entry, relative to √(K_ii K_jj).</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Slope">b of the worst entry.</param>
/// <param name="LargestStandardError">The largest standard error of a over all entries.</param>
/// <param name="Widths">The widths.</param>
/// <param name="Samples">Draws at each width.</param>
/// <param name="SamplesNeeded">Draws per width, in the same proportions as taken, that would bring every standard error to 1 %: that of the first width.</param>
/// <param name="SingleDrawErrors">At each width the root mean square over entries of a single draw's relative error.</param>
/// <param name="SingleDrawSlope">The slope of their logarithms over that of the width; −½ for a correct kernel.</param>
public sealed record KernelVerdict(
    Verdict Verdict, int Row, int Column, double Intercept, double StandardError, double Slope, double LargestStandardError,
    ValueList<int> Widths, ValueList<int> Samples, int SamplesNeeded, ValueList<double> SingleDrawErrors, double SingleDrawSlope)
{
    private const double FamilyLevel = 0.01;
    private const double WantedStandardError = 0.01;
    private const int FewestWidths = 4;

    /// <summary>Judges a kernel by what was sampled at four or more widths.</summary>
    /// <exception cref="InvalidArgumentException">Fewer than four different widths, or fewer than two draws at one.</exception>
    /// <exception cref="ShapeMismatchException">The matrices are not square or differ in size.</exception>
    public static KernelVerdict Of(IReadOnlyList<WidthEvidence> evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        Require(evidence);
        int count = evidence[0].Sampled.Rows;
        var fits = new List<(int Row, int Column, WidthFit Fit)>();
        for (int i = 0; i < count; i++)
        {
            for (int j = i; j < count; j++) fits.Add((i, j, WidthFit.Of([.. evidence.Select(one => Point(one, i, j))])));
        }

        (int row, int column, WidthFit fit) = fits.MaxBy(entry => Math.Abs(entry.Fit.Intercept) / entry.Fit.StandardError);
        double largest = fits.Max(entry => entry.Fit.StandardError);
        bool refuted = fits.Any(entry => Math.Abs(entry.Fit.Intercept) > Quantile(entry.Fit.DegreesOfFreedom, fits.Count) * entry.Fit.StandardError);
        double[] errors = [.. evidence.Select(SingleDrawError)];
        (_, double slope) = Fit.Line([.. evidence.Select(one => Math.Log(one.Width))], Array.ConvertAll(errors, Math.Log));
        return new KernelVerdict(
            refuted ? Verdict.Refuted : largest <= WantedStandardError ? Verdict.Consistent : Verdict.NotEnoughSamples,
            row, column, fit.Intercept, fit.StandardError, fit.Slope, largest,
            evidence.Select(one => one.Width).ToValueList(), evidence.Select(one => one.Sampled.Draws).ToValueList(),
            (int)Math.Ceiling(evidence[0].Sampled.Draws * Math.Pow(largest / WantedStandardError, 2)),
            errors.ToValueList(), slope);
    }

    /// <summary>Student's two-sided t for one of several entries.</summary>
    private static double Quantile(double degreesOfFreedom, int entries) =>
        StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - FamilyLevel / (2 * entries));

    private static (int Width, double Error, double StandardError, int Draws) Point(WidthEvidence evidence, int i, int j)
    {
        double scale = Scale(evidence, i, j);
        EntryStatistics sampled = evidence.Sampled;
        return (evidence.Width, (sampled.Mean(i, j) - evidence.Exact[i, j]) / scale, sampled.StandardError(i, j) / scale, sampled.Draws);
    }

    /// <summary>√(exact_ii exact_jj); 1 where a sample has no variance, so that its entries are compared as they are.</summary>
    private static double Scale(WidthEvidence evidence, int i, int j)
    {
        double scale = Math.Sqrt(evidence.Exact[i, i] * evidence.Exact[j, j]);
        return scale > 0 ? scale : 1;
    }

    /// <summary>√ of the mean over entries of E (draw − exact)²/scale².</summary>
    private static double SingleDrawError(WidthEvidence evidence)
    {
        int count = evidence.Sampled.Rows;
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double bias = evidence.Sampled.Mean(i, j) - evidence.Exact[i, j];
                sum += (evidence.Sampled.Variance(i, j) + bias * bias) / Math.Pow(Scale(evidence, i, j), 2);
            }
        }

        return Math.Sqrt(sum / ((double)count * count));
    }

    private static void Require(IReadOnlyList<WidthEvidence> evidence)
    {
        int widths = evidence.Select(one => one.Width).Distinct().Count();
        if (widths < FewestWidths || widths < evidence.Count || evidence.Any(one => one.Sampled.Draws < 2))
        {
            throw new InvalidArgumentException(
                "Cannot judge a kernel", $"there are {evidence.Count} estimates at {widths} widths, with {string.Join(", ", evidence.Select(one => one.Sampled.Draws))} draws",
                $"at least {FewestWidths} different widths and two draws at each are needed", "Sample at more widths");
        }

        int count = evidence[0].Sampled.Rows;
        foreach (WidthEvidence one in evidence)
        {
            bool fits = one.Sampled.Rows == count && one.Sampled.Columns == count && one.Exact.Rows == count && one.Exact.Columns == count;
            if (fits && count > 0) continue;
            throw new ShapeMismatchException(
                "Cannot judge a kernel", $"width {one.Width} was sampled as {one.Sampled.Rows} × {one.Sampled.Columns} and its kernel is {one.Exact.Rows} × {one.Exact.Columns}",
                "all must be square and of one size, at least 1", "Pass the kernels of one symmetric set of samples");
        }
    }
}
