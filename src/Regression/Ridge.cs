using System.Globalization;

namespace InfiniteNtk.Regression;

/// <summary>A ridge strength with its unit: an absolute number, or relative to the mean diagonal of the training kernel.</summary>
/// <param name="Strength">The number, at least 0.</param>
/// <param name="IsRelative">Whether it multiplies the mean diagonal.</param>
public readonly partial record struct Ridge(double Strength, bool IsRelative)
{
    /// <summary>δ = strength × mean diagonal of the training kernel.</summary>
    public static Ridge Relative(double strength) => new(strength, true);

    /// <summary>δ = strength.</summary>
    public static Ridge Absolute(double strength) => new(strength, false);

    /// <summary>The ridge δ for a kernel with this mean diagonal.</summary>
    public double For(double meanDiagonal) => IsRelative ? Strength * meanDiagonal : Strength;

    /// <summary>The number with its unit, for example <c>1e-6rel</c> or <c>0.001abs</c>.</summary>
    public override string ToString() => Strength.ToString("R", CultureInfo.InvariantCulture) + (IsRelative ? "rel" : "abs");
}
