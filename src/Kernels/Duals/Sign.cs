using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The sign φ(x) = −1, 0 or 1. Dual: κ = (2/π) arcsin ρ, 0 at zero variance; κ̇ = 0 by convention (E φ′φ′ diverges at equal
/// inputs, and a sign passes no gradient). Every variance ≥ 0. Source: Cho and Saul (2009), order 0.
/// </summary>
internal sealed record Sign : Activation
{
    /// <inheritdoc/>
    public override double Value(double x) => x > 0 ? 1 : x < 0 ? -1 : 0;

    /// <inheritdoc/>
    public override double Derivative(double x) => 0;

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new SignDual());
}

internal readonly struct SignDual : IDual
{
    public static int TermCount => 1;

    // A = 1/√q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(Correlation.InverseDeviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane magnitude = TLane.Of(1) - Correlation.Gap(TLane.Abs(k * (left.A * right.A)));
        return new(TLane.CopySign(LaneMath.Asin(magnitude) * TLane.Of(2 / Math.PI), k), TLane.Of(0));
    }
}
