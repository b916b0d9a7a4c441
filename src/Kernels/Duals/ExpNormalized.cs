using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// A kernel without a network: κ = √(pq)·e^{γ(ρ + shift)}, κ̇ = γ·e^{γ(ρ + shift)}, ρ = 0 at zero variance; every variance
/// ≥ 0. No activation has this dual, so there is no finite network to sample.
/// Source: Mairal, Koniusz, Harchaoui and Schmid (2014), Convolutional Kernel Networks; Shankar et al. (2020).
/// </summary>
/// <param name="Gamma">γ &gt; 0; with a negative one e^{γρ} is not positive semidefinite.</param>
/// <param name="Shift">The shift of ρ.</param>
/// <exception cref="InvalidArgumentException">A parameter is not finite, or γ is not positive.</exception>
internal sealed record ExpNormalized(double Gamma = 1, double Shift = -1) : Activation
{
    /// <summary>γ.</summary>
    public double Gamma { get; } = Domain.Positive(nameof(ExpNormalized), "gamma", Gamma);

    /// <summary>The shift of ρ.</summary>
    public double Shift { get; } = Domain.Finite(nameof(ExpNormalized), "shift", Shift);

    /// <inheritdoc/>
    /// <exception cref="UndefinedLimitException">Always: the kernel has no activation.</exception>
    public override double Value(double x) => throw NoNetwork();

    /// <inheritdoc/>
    /// <exception cref="UndefinedLimitException">Always: the kernel has no activation.</exception>
    public override double Derivative(double x) => throw NoNetwork();

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new ExpNormalizedDual(Gamma, Shift));

    private static UndefinedLimitException NoNetwork() => new(
        "Cannot evaluate ExpNormalized at a number", "a kernel that no activation φ has",
        "a finite network needs φ(x)", "Use Rbf or Exp where a finite network is wanted.");
}

internal readonly struct ExpNormalizedDual(double gamma, double shift) : IDual
{
    public static int TermCount => 2;

    // A = √q, B = 1/√q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(Correlation.Deviation(q), Correlation.InverseDeviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane magnitude = TLane.Of(1) - Correlation.Gap(TLane.Abs(k * (left.B * right.B)));
        TLane exponent = (TLane.CopySign(magnitude, k) + TLane.Of(shift)) * TLane.Of(gamma);
        TLane value = LaneMath.Exp(exponent);
        return new(left.A * right.A * value, value * TLane.Of(gamma));
    }
}
