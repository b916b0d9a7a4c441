using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = xⁿ for x ≥ 0, else 0. Dual: κ = F_n, κ̇ = n²F_{n−1} (0 for n = 0, by convention as for <see cref="Sign"/>),
/// F_n = ((pq)^{n/2}/2π)·J_n(θ), evaluated by a recurrence that is finite at θ = 0; every variance ≥ 0, θ = π/2 at zero.
/// Source: Cho and Saul (2009), equation 4.
/// </summary>
/// <param name="Degree">n, from 0 to 64.</param>
/// <exception cref="InvalidArgumentException">The degree is outside its range.</exception>
internal sealed record RectifiedMonomial(int Degree) : Activation
{
    /// <summary>n.</summary>
    public int Degree { get; } = Domain.Between(nameof(RectifiedMonomial), "degree", Degree, 0, 64);

    /// <inheritdoc/>
    public override double Value(double x) => x < 0 ? 0 : Math.Pow(x, Degree);

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        Degree == 0 || x < 0 ? 0 : Degree == 1 && x == 0 ? 0.5 : Degree * Math.Pow(x, Degree - 1);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new RectifiedMonomialDual(Degree));
}

internal readonly struct RectifiedMonomialDual(int degree) : IDual
{
    public static int TermCount => 2;

    // A = √q and a few units, B = 1/√q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(ArcCosine.Limit(q), Correlation.InverseDeviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane limit = left.A * right.A;
        k = TLane.Min(limit, k);
        TLane most = limit * TLane.Of(1 - 8 * Correlation.Ulp<TLane>());
        DualValue<TLane> relu = AccurateArcCosine.Pair(k, left.B * right.B, most * TLane.Of(0.15915494309189535));
        if (degree == 0) return new(relu.KappaDot, TLane.Of(0));
        TLane below = relu.KappaDot;
        TLane top = relu.Kappa;
        MomentLadder.Climb(degree, k, Correlation.Determinant(most, k), ref below, ref top);
        return new(top, below * TLane.Of((double)degree * degree));
    }
}
