using System.Globalization;

namespace InfiniteNtk;

/// <summary>A ridge strength with its unit: an absolute number, or relative to the mean diagonal of the training kernel.</summary>
public readonly record struct Ridge
{
    private Ridge(double strength, bool isRelative)
    {
        if (!(strength >= 0) || double.IsInfinity(strength))
        {
            throw new InvalidArgumentException(
                "Cannot make a ridge", $"its strength is {strength.ToString(CultureInfo.InvariantCulture)}", "it must be a number of at least 0",
                "Pass for example 1e-6 times the mean diagonal: Ridge.Relative(1e-6)");
        }

        Strength = strength;
        IsRelative = isRelative;
    }

    /// <summary>The number, at least 0.</summary>
    public double Strength { get; }

    /// <summary>Whether it multiplies the mean diagonal.</summary>
    public bool IsRelative { get; }

    /// <summary>δ = strength × mean diagonal of the training kernel.</summary>
    /// <exception cref="InvalidArgumentException">Negative, NaN or infinite.</exception>
    public static Ridge Relative(double strength) => new(strength, true);

    /// <summary>δ = strength.</summary>
    /// <exception cref="InvalidArgumentException">Negative, NaN or infinite.</exception>
    public static Ridge Absolute(double strength) => new(strength, false);

    /// <summary>Reads what <see cref="ToString"/> writes: a number and its unit, <c>1e-6rel</c> or <c>1e-3abs</c>.</summary>
    /// <exception cref="ParseException">There is no number, or no unit, after it.</exception>
    public static Ridge Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        bool relative = trimmed.EndsWith("rel", StringComparison.OrdinalIgnoreCase);
        bool absolute = trimmed.EndsWith("abs", StringComparison.OrdinalIgnoreCase);
        if ((relative || absolute)
            && double.TryParse(trimmed[..^3], NumberStyles.Float, CultureInfo.InvariantCulture, out double strength)
            && strength >= 0 && double.IsFinite(strength))
        {
            return new Ridge(strength, relative);
        }

        throw new ParseException(
            "Cannot read a ridge", $"the text is '{text}'", "it must be a number of at least 0 with its unit, rel (times the mean diagonal) or abs",
            "Write for example 1e-6rel or 1e-3abs");
    }

    /// <summary>Ridge regression: factors K + δI once. See <see cref="RidgeFit"/>.</summary>
    /// <param name="kernel">Training kernel, n × n.</param>
    /// <param name="targets">n × outputs.</param>
    /// <param name="ridge">Strength with its unit.</param>
    /// <param name="options">Who computes, who is asked and told; null: the defaults.</param>
    public static RidgeFit Fit(KernelMatrix<double> kernel, KernelMatrix<double> targets, Ridge ridge, SolverOptions? options = null) =>
        RidgeFit.Fit(kernel, targets, ridge, options);

    /// <inheritdoc cref="Fit(KernelMatrix{double}, KernelMatrix{double}, Ridge, SolverOptions?)"/>
    /// <remarks>Predictions are in the targets' own units, though their centred values are fitted.</remarks>
    public static RidgeFit Fit(KernelMatrix<double> kernel, Targets targets, Ridge ridge, SolverOptions? options = null) =>
        RidgeFit.Fit(kernel, targets, ridge, options);

    /// <summary>Ridge regression with a network's kernel; <see cref="RidgeFit.Predict(Samples)"/> takes samples.</summary>
    /// <inheritdoc cref="RidgeFit.Fit(IKernelFunction, Samples, Targets, Ridge, KernelKind, SolverOptions?)"/>
    public static RidgeFit Fit(
        IKernelFunction kernels, Samples x, Targets targets, Ridge ridge, KernelKind kind = KernelKind.Ntk, SolverOptions? options = null) =>
        RidgeFit.Fit(kernels, x, targets, ridge, kind, options);

    /// <summary>The ridge δ for a kernel with this mean diagonal.</summary>
    public double For(double meanDiagonal) => IsRelative ? Strength * meanDiagonal : Strength;

    /// <summary>The number with its unit, for example <c>1e-6rel</c> or <c>1e-3abs</c>; <see cref="Parse"/> reads it back exactly.</summary>
    public override string ToString() => Number(Strength) + (IsRelative ? "rel" : "abs");

    /// <summary>Shortest digits that read back exactly; scientific below 0.01 and from a million on, without padding.</summary>
    private static string Number(double value)
    {
        if (value == 0 || (value >= 0.01 && value < 1e6)) return value.ToString("R", CultureInfo.InvariantCulture);
        for (int digits = 0; digits <= 16; digits++)
        {
            string text = value.ToString("0." + new string('#', digits) + "e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
            if (double.Parse(text, CultureInfo.InvariantCulture) == value) return text;
        }

        return value.ToString("R", CultureInfo.InvariantCulture);
    }
}
