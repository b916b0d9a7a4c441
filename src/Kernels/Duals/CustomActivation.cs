using System.Globalization;
using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk;

/// <summary>
/// An activation given in code. It prints its name, which nothing can read back: it is not in the <see cref="ActivationCatalog"/>, so text
/// and JSON refuse it. Without kinks the dual is a Hermite series, with kinks each pair is integrated, split there.
/// </summary>
/// <remarks>
/// The functions are tried at some 1e5 points of |x| ≤ 100 when it is made (milliseconds): a kink or jump that is not among
/// <see cref="Kinks"/> is refused, and so is a derivative that is not the slope of the function. Equality is that of name, delegates and kinks.
/// </remarks>
public sealed record CustomActivation : Activation
{
    private readonly NumericalSlope _numerical;

    /// <summary>An activation from its function.</summary>
    /// <param name="name">How it is printed.</param>
    /// <param name="function">φ, without side effects, called from several threads.</param>
    /// <param name="derivative">
    /// φ′, at a kink the mean of both sides; null: from φ by nine-point divided differences, with an error of about 1e-13 of φ (1e-11 beside a
    /// kink).
    /// </param>
    /// <param name="kinks">Where φ or φ′ is not smooth; null: nowhere.</param>
    /// <exception cref="InvalidArgumentException">
    /// φ or φ′ bends or jumps elsewhere, φ′ is not the slope of φ, or φ varies too fast to derive φ′ to 1e-8; the message names the place.
    /// </exception>
    public CustomActivation(string name, Func<double, double> function, Func<double, double>? derivative = null, ValueList<double>? kinks = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        (Name, Function, Slope, Kinks) = (name, function, derivative, kinks ?? []);
        foreach (double kink in Kinks) Domain.Finite(name, "a kink", kink);
        _numerical = new NumericalSlope(function, Kinks);
        CheckKinks("φ", function);
        if (derivative is not null) CheckKinks("φ′", derivative);
        CheckSlope();
    }

    /// <summary>How it is printed.</summary>
    public string Name { get; }

    /// <summary>φ.</summary>
    public Func<double, double> Function { get; }

    /// <summary>φ′ as it was given; null: it is found from φ.</summary>
    public Func<double, double>? Slope { get; }

    /// <summary>Where φ or φ′ is not smooth.</summary>
    public ValueList<double> Kinks { get; }

    /// <inheritdoc/>
    public override double Value(double x) => Function(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Slope?.Invoke(x) ?? _numerical.At(x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => Kinks.Count == 0
        ? user.Use(new HermiteSeries(Name, Value, Derivative))
        : user.Use(new KinkedQuadrature(Name, Value, Derivative, Kinks));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public bool Equals(CustomActivation? other) =>
        other is not null && Name == other.Name && Function == other.Function && Slope == other.Slope && Kinks.Equals(other.Kinks);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Function, Slope, Kinks);

    private void CheckKinks(string symbol, Func<double, double> function)
    {
        double[] missing = [.. KinkScan.Find(function).Where(place => !Kinks.Any(kink => Math.Abs(kink - place) <= 1e-6 * Math.Max(1, Math.Abs(place))))];
        if (missing.Length == 0) return;
        const int Named = 5;
        string places = string.Join(", ", missing.OrderBy(Math.Abs).Take(Named).Order().Select(Text)) + (missing.Length > Named ? $" and {missing.Length - Named} more places" : "");
        throw Refused(
            $"{symbol} seems to bend or jump at x = {places}", "every place where φ or φ′ is not smooth is named, so that integrals are split there",
            $"Pass kinks: [{string.Join(", ", missing.Concat(Kinks).OrderBy(Math.Abs).Take(Named).Order().Select(Text))}{(missing.Length > Named ? ", …" : "")}]");
    }

    private void CheckSlope()
    {
        double typical = KinkScan.ScaleOf(Function);
        foreach (double x in KinkScan.Points.OrderBy(Math.Abs))
        {
            if (Kinks.Any(kink => Math.Abs(kink - x) <= 1e-6 * Math.Max(1, Math.Abs(x)))) continue;
            double rise = _numerical.At(x), change = _numerical.ChangeAt(x);
            if (!double.IsFinite(rise) || !double.IsFinite(change)) continue;
            double scale = Math.Max(Math.Abs(rise), Math.Max(typical, Math.Abs(Function(x))) / Math.Max(1, Math.Abs(x)));
            if (Slope is null)
            {
                if (change <= 1e-8 * scale) continue;
                throw Refused(
                    string.Create(CultureInfo.InvariantCulture, $"φ′({Text(x)}) cannot be found from φ: halving the step changes {rise:G4} by {change:G2}"),
                    "without a derivative, φ is smooth over steps of 1/128 and accurate in double precision", "Pass the derivative");
            }

            double given = Slope(x);
            if (Math.Abs(given - rise) <= 1e-5 * Math.Max(scale, Math.Abs(given)) + (20 * change)) continue;
            throw Refused(
                string.Create(CultureInfo.InvariantCulture, $"φ′({Text(x)}) is given as {given:G6}, but the slope of φ there is {rise:G6}"),
                "φ′ is the derivative of φ", "Mend the derivative, or leave it out: it is then found from φ");
        }
    }

    private InvalidArgumentException Refused(string received, string required, string remedy) =>
        new($"Cannot make the activation {Name}", received, required, remedy);

    private static string Text(double x) => x.ToString("G6", CultureInfo.InvariantCulture);
}
