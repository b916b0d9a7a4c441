using InfiniteNtk.FiniteWidth.Verification;

namespace InfiniteNtk;

/// <summary>
/// Whether sampled networks confirm a limit that was computed. At finite width the mean of an empirical quantity is off by about
/// 1/width, so neither "within three standard errors" nor more draws at one width decide it: the error has to be followed over widths.
/// </summary>
/// <remarks>
/// Per entry, e(w) = (mean − exact)/scale is fitted by a + b/w over at least four widths; the scale of a kernel's entry is
/// √(exact_ii exact_jj). Trained outputs also have a term in 1/√w (<see cref="TrainingVerification"/>). <em>Refuted</em>: |a| is larger than
/// Student's t times its standard error at the level for all distinct entries together (Bonferroni). <em>Consistent</em>: not refuted, and
/// |a| + 2.6·SE(a) is within the tolerance at every entry, so that a kernel that is further off passes in 1 of 200 cases at most. Otherwise
/// <em>no error found</em>, above that <see cref="Bound"/>. Beside it, the root mean square error of a single draw should fall with slope −½
/// in the logarithm of the width.
/// </remarks>
public sealed record LimitVerdict
{
    private const int FewestWidths = 4;

    /// <summary>Standard errors of a fifth of the tolerance leave 2.4 of them for chance; where that was not enough, an eighth.</summary>
    internal const double FirstAim = 1 / 5.0, SecondAim = 1 / 8.0;
    private static readonly double[] _inverse = [1];

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What it rests on.</summary>
    public required VerdictRule Rule { get; init; }

    /// <summary>The largest |a| + 2.6·SE(a) over all entries: no error above this was found, and none below it is excluded.</summary>
    public required double Bound { get; init; }

    /// <summary>The worst entry, the one whose a is least likely by chance, with its errors at each width.</summary>
    public required EntryOverWidths Worst { get; init; }

    /// <summary>a of the worst entry.</summary>
    public required double Intercept { get; init; }

    /// <summary>Its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>b of the worst entry, one for each power of 1/width in the fit.</summary>
    public required ValueList<double> Slopes { get; init; }

    /// <summary>Those powers.</summary>
    public required ValueList<double> Powers { get; init; }

    /// <summary>The largest standard error of a over all entries.</summary>
    public required double LargestStandardError { get; init; }

    /// <summary>How many distinct entries were judged together.</summary>
    public required int Entries { get; init; }

    /// <summary>The entry of which least is known relative to itself; null where no entry is smaller than its diagonal, but not 0.</summary>
    public required RelativeLimit? Relative { get; init; }

    /// <summary>Draws at each width with which a right kernel would be found consistent, more often than not.</summary>
    public required int SamplesNeeded { get; init; }

    /// <summary>At each width the root mean square over entries of a single draw's error.</summary>
    public required ValueList<double> SingleDrawErrors { get; init; }

    /// <summary>The slope of their logarithms over that of the width; −½ for a correct limit.</summary>
    public required double SingleDrawSlope { get; init; }

    /// <summary>The widths.</summary>
    public ValueList<int> Widths => [.. Worst.Points.Select(point => point.Width)];

    /// <summary>Draws at each width.</summary>
    public ValueList<int> Samples => [.. Worst.Points.Select(point => point.Draws)];

    /// <summary>The worst entry's fitted error at a value of 1/width, 0 for infinite width.</summary>
    public double At(double inverseWidth) => Intercept + Slopes.Zip(Powers, (slope, power) => slope * Math.Pow(inverseWidth, power)).Sum();

    /// <summary>The verdict and what it rests on, for example "consistent: no error above 1.3 % (tolerance 2 %)".</summary>
    public override string ToString() => FormattableString.Invariant(Verdict switch
    {
        Verdict.Refuted => $"refuted: a = {Intercept:G3} ± {StandardError:G2} at ({Worst.Row}, {Worst.Column})",
        Verdict.Consistent => $"consistent: no error above {100 * Bound:G3} % (tolerance {100 * Rule.Tolerance:G3} %), slope of one draw {SingleDrawSlope:F2}",
        _ => $"no error above {100 * Bound:G3} % found (tolerance {100 * Rule.Tolerance:G3} %): {SamplesNeeded} draws at each width would tell",
    });

    /// <summary>Judges a kernel by what was sampled at four or more widths.</summary>
    /// <param name="evidence">What was sampled at each width, and the kernel under test.</param>
    /// <param name="rule">Tolerance and level; null: 2 % and 1 %.</param>
    /// <exception cref="InvalidArgumentException">Fewer than four different widths, or fewer than two draws at one.</exception>
    /// <exception cref="ShapeMismatchException">The matrices are not square or differ in size.</exception>
    /// <exception cref="NumericalFailureException">An error is not finite.</exception>
    public static LimitVerdict OfKernel(IReadOnlyList<WidthEvidence> evidence, VerdictRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        RequireSizes(evidence);
        int count = evidence.Count == 0 ? 0 : evidence[0].Sampled.Rows;
        var entries = new List<EntryOverWidths>();
        for (int i = 0; i < count; i++)
        {
            for (int j = i; j < count; j++)
            {
                WidthEvidence widest = evidence.MaxBy(one => one.Width)!;
                entries.Add(new EntryOverWidths(null, i, j, [.. evidence.Select(one => one.Error(i, j))]) { Size = Math.Abs(widest.Exact[i, j]) / widest.Scale(i, j) });
            }
        }

        return Of(entries, _inverse, rule);
    }

    /// <summary>Judges entries of any kind by what was sampled at four or more widths.</summary>
    /// <param name="entries">The distinct entries, each with the same widths and draws.</param>
    /// <param name="powers">The powers of 1/width in the fit, at most two.</param>
    /// <param name="rule">Tolerance and level; null: 2 % and 1 %.</param>
    /// <exception cref="InvalidArgumentException">Fewer than four different widths, or fewer than two draws at one.</exception>
    /// <exception cref="NumericalFailureException">An error is not finite.</exception>
    public static LimitVerdict Of(IReadOnlyList<EntryOverWidths> entries, IReadOnlyList<double> powers, VerdictRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(powers);
        rule ??= new VerdictRule();
        rule.Require();
        Require(entries);
        EntryFit[] fits = [.. entries.Select(entry => new EntryFit(entry, WidthFit.Of(entry.Points, powers, rule.Rounding)))];
        (EntryOverWidths worst, WidthFit fit) = fits.OrderBy(one => one.Fit.Chance).ThenByDescending(one => Math.Abs(one.Fit.Intercept) / one.Fit.StandardError).First();
        double largest = fits.Max(one => one.Fit.StandardError), bound = fits.Max(one => one.Fit.Bound);
        Verdict verdict = fit.Chance < rule.Level / fits.Length ? Verdict.Refuted : bound <= rule.Tolerance ? Verdict.Consistent : Verdict.NoErrorFound;
        double[] errors = [.. worst.Points.Select((_, index) => SingleDrawError(entries, index))];
        (_, double slope) = MathNet.Numerics.Fit.Line([.. worst.Points.Select(point => Math.Log(point.Width))], Array.ConvertAll(errors, Math.Log));
        return new LimitVerdict
        {
            Verdict = verdict,
            Rule = rule,
            Bound = bound,
            Worst = worst,
            Intercept = fit.Intercept,
            StandardError = fit.StandardError,
            Slopes = [.. fit.Slopes],
            Powers = [.. powers],
            LargestStandardError = largest,
            Entries = fits.Length,
            Relative = fits.Where(one => one.Entry.Size is > 0 and < 1).Select(one => one.ToItself()).MaxBy(one => one.Bound),
            SamplesNeeded = Needed(worst.Points[0].Draws, largest / rule.Tolerance, verdict),
            SingleDrawErrors = [.. errors],
            SingleDrawSlope = slope,
        };
    }

    /// <summary>Whether every standard error is at most a share of the tolerance.</summary>
    internal bool IsKnownTo(double share) => LargestStandardError <= share * Rule.Tolerance;

    /// <summary>Draws at each width that would bring every standard error to a share of the tolerance.</summary>
    internal int SamplesFor(double share) => DrawsFor(Worst.Points[0].Draws, LargestStandardError / Rule.Tolerance / share);

    private static int Needed(int draws, double error, Verdict verdict)
    {
        // As precise as aimed at and nothing decided: a true kernel needs luck or more draws, at least twice as many.
        bool unlucky = verdict == Verdict.NoErrorFound && error <= FirstAim;
        return unlucky ? Math.Max(DrawsFor(draws, error / SecondAim), (int)Math.Min(2L * draws, int.MaxValue)) : DrawsFor(draws, error / FirstAim);
    }

    private static int DrawsFor(int draws, double excess) => (int)Math.Min(Math.Ceiling(draws * excess * excess), int.MaxValue);

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
        if (!(widths >= FewestWidths && widths == points.Count && points.All(point => point.Draws >= 2)))
        {
            throw new InvalidArgumentException(
                "Cannot judge a limit", $"there are {points.Count} estimates at {widths} widths, with {string.Join(", ", points.Select(point => point.Draws))} draws",
                $"at least {FewestWidths} different widths and two draws at each are needed", "Sample at more widths");
        }

        // Comparisons with NaN are false: it would be neither refuted nor out of bounds.
        foreach (EntryOverWidths entry in entries)
        {
            foreach (ErrorAtWidth point in entry.Points)
            {
                if (double.IsFinite(point.Error) && double.IsFinite(point.StandardError)) continue;
                throw new NumericalFailureException(
                    "Cannot judge a limit", FormattableString.Invariant($"at width {point.Width} the error of entry ({entry.Row}, {entry.Column}) is {point.Error} ± {point.StandardError}"),
                    "both must be finite", "Use smaller inputs or weights: the networks or the kernel left the range of numbers");
            }
        }
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

    private readonly record struct EntryFit(EntryOverWidths Entry, WidthFit Fit)
    {
        public RelativeLimit ToItself() =>
            new(Entry.Row, Entry.Column, Entry.Size, Fit.Intercept / Entry.Size, Fit.StandardError / Entry.Size, Fit.Bound / Entry.Size);
    }
}
