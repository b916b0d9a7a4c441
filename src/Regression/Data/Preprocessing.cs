using System.Globalization;
using InfiniteNtk.Regression.Data;

namespace InfiniteNtk;

/// <summary>
/// What is done to the inputs before a kernel sees them. It is fitted on the population and then applied, unchanged, to the
/// population and to test points.
/// </summary>
public abstract record Preprocessing
{
    private protected Preprocessing()
    {
    }

    /// <summary>Nothing.</summary>
    public static Preprocessing None { get; } = new Untouched();

    /// <summary>Minus the mean, divided by the population standard deviation, both over all entries of all samples.</summary>
    public static Preprocessing Global { get; } = new GlobalStandardization();

    /// <summary>Each feature minus its mean, divided by its population standard deviation; a constant feature becomes 0.</summary>
    public static Preprocessing PerFeature { get; } = new FeatureStandardization();

    /// <summary>Each sample scaled to mean square 1, so that its input kernel ⟨x,x⟩/C, averaged over positions, is 1; a zero sample stays 0.</summary>
    public static Preprocessing Unit { get; } = new UnitScaling();

    /// <summary>
    /// Regularised ZCA whitening: x → (Σ + ε·(tr Σ/d)·I)^{−1/2}(x − mean) with the population covariance Σ of the d features.
    /// </summary>
    /// <param name="epsilon">ε, relative to the mean eigenvalue; greater than 0.</param>
    /// <exception cref="InvalidArgumentException">ε is not positive.</exception>
    public static Preprocessing Zca(double epsilon) => new ZcaWhitening(epsilon);

    /// <summary>What is done where nothing is asked: <see cref="Global"/> for images and sequences, <see cref="PerFeature"/> for tables.</summary>
    public static Preprocessing For(SampleShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Positions.Count > 0 ? Global : PerFeature;
    }

    /// <summary>Reads <c>none</c>, <c>global</c>, <c>features</c>, <c>unit</c> or <c>zca:EPSILON</c>.</summary>
    /// <exception cref="InvalidArgumentException">It is something else.</exception>
    public static Preprocessing Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.Trim().ToLowerInvariant();
        if (name.StartsWith("zca:", StringComparison.Ordinal)
            && double.TryParse(name.AsSpan(4), NumberStyles.Float, CultureInfo.InvariantCulture, out double epsilon))
        {
            return Zca(epsilon);
        }

        return name switch
        {
            "none" => None,
            "global" => Global,
            "features" => PerFeature,
            "unit" => Unit,
            _ => throw new InvalidArgumentException(
                "Cannot choose the preprocessing", $"'{text}' is unknown", "none, global, features, unit or zca:EPSILON is required",
                "For example zca:1e-3; without a choice images are standardised globally, tables per feature"),
        };
    }

    /// <summary>Learns from a population what the preprocessing needs.</summary>
    /// <param name="population">At least one sample.</param>
    /// <param name="algebra">For whitening; null: <see cref="LinearAlgebraBackends.Default"/>.</param>
    /// <exception cref="InvalidArgumentException">There are no samples.</exception>
    public FittedPreprocessing Fit(Samples population, ILinearAlgebra? algebra = null)
    {
        ArgumentNullException.ThrowIfNull(population);
        if (population.Count > 0) return FitTo(population, algebra);
        throw new InvalidArgumentException("Cannot fit the preprocessing", "there are no samples", "at least one is required", "Pass samples");
    }

    private protected abstract FittedPreprocessing FitTo(Samples population, ILinearAlgebra? algebra);

    /// <summary>A number as reports show it.</summary>
    private protected static string Show(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    private sealed record Untouched : Preprocessing
    {
        public override string ToString() => "none";

        private protected override FittedPreprocessing FitTo(Samples population, ILinearAlgebra? algebra) =>
            new("as in the file", population.Shape, _ => { });
    }
}
