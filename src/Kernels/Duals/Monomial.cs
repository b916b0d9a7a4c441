using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = xⁿ. Dual: κ = F_n, κ̇ = n²F_{n−1}, F_n = (n!)² Σ_j k^{n−2j}(pq/4)^j/((n−2j)!(j!)²), evaluated by a recurrence;
/// every variance ≥ 0. Source: Isserlis' theorem.
/// </summary>
/// <param name="Degree">n, from 0 to 64.</param>
/// <exception cref="InvalidArgumentException">The degree is outside its range.</exception>
internal sealed record Monomial(int Degree) : Activation
{
    /// <summary>n.</summary>
    public int Degree { get; } = Domain.Between(nameof(Monomial), "degree", Degree, 0, 64);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Pow(x, Degree);

    /// <inheritdoc/>
    public override double Derivative(double x) => Degree == 0 ? 0 : Degree * Math.Pow(x, Degree - 1);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new MonomialDual(Degree));
}

internal readonly struct MonomialDual(int degree) : IDual
{
    public static int TermCount => 1;

    // A = √q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(Correlation.Deviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        if (degree == 0) return new(TLane.Of(1), TLane.Of(0));
        TLane most = left.A * right.A;
        k = Correlation.Bounded(k, most);
        TLane below = TLane.Of(1);
        TLane top = k;
        MomentLadder.Climb(degree, k, Correlation.Determinant(most, k), ref below, ref top);
        return new(top, below * TLane.Of((double)degree * degree));
    }
}
