using InfiniteNtk.FiniteWidth.MonteCarlo;
using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Errors;
using MathNet.Numerics.Distributions;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>
/// Whether sampled networks confirm a limit that was computed. At finite width the mean of an empirical quantity is off by about
/// 1/width, so neither "within three standard errors" nor more draws at one width decide it: the error has to be followed over widths.
/// </summary>
/// <remarks>
/// Per entry, e(w) = (mean − exact)/scale is fitted by a + b/w over at least four widths; the scale of a kernel's entry is
/// √(exact_ii exact_jj). Trained outputs also have a term in 1/√w (<see cref="TrainingVerification"/>). <em>Refuted</em>: |a| is larger than Student's t times its standard error at the level 1 % for all distinct
/// entries together (Bonferroni). <em>Consistent</em>: not refuted, and every standard error of a is at most 1 %. Otherwise <em>not
/// enough samples</em>. Beside it, the root mean square error of a single draw should fall with slope −½ in the logarithm of the width.
/// </remarks>
/// <param name="Verdict">The verdict.</param>
/// <param name="Worst">The worst entry, the one with the largest |a| in its own standard errors, with its errors at each width.</param>
/// <param name="Intercept">a of the worst entry.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Slopes">b of the worst entry, one for each power of 1/width in the fit.</param>
/// <param name="Powers">Those powers.</param>
/// <param name="LargestStandardError">The largest standard error of a over all entries.</param>
/// <param name="Entries">How many distinct entries were judged together.</param>
/// <param name="SamplesNeeded">Draws per width, in the same proportions as taken, that would bring every standard error to 1 %: that of the first width.</param>
/// <param name="SingleDrawErrors">At each width the root mean square over entries of a single draw's error.</param>
/// <param name="SingleDrawSlope">The slope of their logarithms over that of the width; −½ for a correct limit.</param>
public sealed record LimitVerdict(
    Verdict Verdict, EntryOverWidths Worst, double Intercept, double StandardError, ValueList<double> Slopes, ValueList<double> Powers, double LargestStandardError, int Entries,
    int SamplesNeeded, ValueList<double> SingleDrawErrors, double SingleDrawSlope)
{
    private const double FamilyLevel = 0.01;
    private const double WantedStandardError = 0.01;
    private const int FewestWidths = 4;
    private static readonly double[] _inverse = [1];

    /// <summary>The widths.</summary>
    public ValueList<int> Widths => [.. Worst.Points.Select(point => point.Width)];

    /// <summary>Draws at each width.</summary>
    public ValueList<int> Samples => [.. Worst.Points.Select(point => point.Draws)];

    /// <summary>The worst entry's fitted error at a value of 1/width, 0 for infinite width.</summary>
    public double At(double inverseWidth) => Intercept + Slopes.Zip(Powers, (slope, power) => slope * Math.Pow(inverseWidth, power)).Sum();

    /// <summary>Judges a kernel by what was sampled at four or more widths.</summary>
    /// <exception cref="InvalidArgumentException">Fewer than four different widths, or fewer than two draws at one.</exception>
    /// <exception cref="ShapeMismatchException">The matrices are not square or differ in size.</exception>
    public static LimitVerdict OfKernel(IReadOnlyList<WidthEvidence> evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        RequireSizes(evidence);
        int count = evidence.Count == 0 ? 0 : evidence[0].Sampled.Rows;
        var entries = new List<EntryOverWidths>();
        for (int i = 0; i < count; i++)
        {
            for (int j = i; j < count; j++) entries.Add(new EntryOverWidths(null, i, j, [.. evidence.Select(one => Point(one, i, j))]));
        }

        return Of(entries, _inverse);
    }

    /// <summary>Judges entries of any kind by what was sampled at four or more widths.</summary>
    /// <param name="entries">The distinct entries, each with the same widths and draws.</param>
    /// <param name="powers">The powers of 1/width in the fit, at most two.</param>
    /// <exception cref="InvalidArgumentException">Fewer than four different widths, or fewer than two draws at one.</exception>
    public static LimitVerdict Of(IReadOnlyList<EntryOverWidths> entries, IReadOnlyList<double> powers)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(powers);
        Require(entries);
        (EntryOverWidths Entry, WidthFit Fit)[] fits = [.. entries.Select(entry => (entry, WidthFit.Of(entry.Points, powers)))];
        (EntryOverWidths worst, WidthFit fit) = fits.MaxBy(one => Math.Abs(one.Fit.Intercept) / one.Fit.StandardError);
        double largest = fits.Max(one => one.Fit.StandardError);
        bool refuted = fits.Any(one => Math.Abs(one.Fit.Intercept) > Quantile(one.Fit.DegreesOfFreedom, fits.Length) * one.Fit.StandardError);
        double[] errors = [.. worst.Points.Select((_, index) => SingleDrawError(entries, index))];
        (_, double slope) = MathNet.Numerics.Fit.Line([.. worst.Points.Select(point => Math.Log(point.Width))], Array.ConvertAll(errors, Math.Log));
        return new LimitVerdict(
            refuted ? Verdict.Refuted : largest <= WantedStandardError ? Verdict.Consistent : Verdict.NotEnoughSamples,
            worst, fit.Intercept, fit.StandardError, [.. fit.Slopes], [.. powers], largest, fits.Length,
            (int)Math.Min(Math.Ceiling(worst.Points[0].Draws * Math.Pow(largest / WantedStandardError, 2)), int.MaxValue),
            [.. errors], slope);
    }

    /// <summary>Student's two-sided t for one of several entries.</summary>
    private static double Quantile(double degreesOfFreedom, int entries) =>
        StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - FamilyLevel / (2 * entries));

    private static ErrorAtWidth Point(WidthEvidence evidence, int i, int j)
    {
        double scale = Scale(evidence, i, j);
        EntryStatistics sampled = evidence.Sampled;
        return new(evidence.Width, (sampled.Mean(i, j) - evidence.Exact[i, j]) / scale, sampled.StandardError(i, j) / scale, sampled.Draws);
    }

    /// <summary>√(exact_ii exact_jj); 1 where a sample has no variance, so that its entries are compared as they are.</summary>
    private static double Scale(WidthEvidence evidence, int i, int j)
    {
        double scale = Math.Sqrt(evidence.Exact[i, i] * evidence.Exact[j, j]);
        return scale > 0 ? scale : 1;
    }

    /// <summary>√ of the mean over entries of E (draw − exact)²/scale², pairs i ≠ j of a symmetric matrix counted twice.</summary>
    private static double SingleDrawError(IReadOnlyList<EntryOverWidths> entries, int width)
    {
        double sum = 0, weights = 0;
        foreach (EntryOverWidths entry in entries)
        {
            ErrorAtWidth point = entry.Points[width];
            double weight = entry.Row == entry.Column ? 1 : 2;
            sum += weight * (point.Draws * point.StandardError * point.StandardError + point.Error * point.Error);
            weights += weight;
        }

        return Math.Sqrt(sum / weights);
    }

    private static void Require(IReadOnlyList<EntryOverWidths> entries)
    {
        ValueList<ErrorAtWidth> points = entries.Count == 0 ? [] : entries[0].Points;
        int widths = points.Select(point => point.Width).Distinct().Count();
        if (widths >= FewestWidths && widths == points.Count && points.All(point => point.Draws >= 2)) return;
        throw new InvalidArgumentException(
            "Cannot judge a limit", $"there are {points.Count} estimates at {widths} widths, with {string.Join(", ", points.Select(point => point.Draws))} draws",
            $"at least {FewestWidths} different widths and two draws at each are needed", "Sample at more widths");
    }

    private static void RequireSizes(IReadOnlyList<WidthEvidence> evidence)
    {
        foreach (WidthEvidence one in evidence)
        {
            int count = evidence[0].Sampled.Rows;
            bool fits = one.Sampled.Rows == count && one.Sampled.Columns == count && one.Exact.Rows == count && one.Exact.Columns == count;
            if (fits && count > 0) continue;
            throw new ShapeMismatchException(
                "Cannot judge a kernel", $"width {one.Width} was sampled as {one.Sampled.Rows} × {one.Sampled.Columns} and its kernel is {one.Exact.Rows} × {one.Exact.Columns}",
                "all must be square and of one size, at least 1", "Pass the kernels of one symmetric set of samples");
        }
    }
}
