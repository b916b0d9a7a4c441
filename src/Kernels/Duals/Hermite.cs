using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The normalised Hermite polynomial φ(x) = He_n(x)/√(n!). Dual: κ = G_n, κ̇ = n·G_{n−1},
/// G_n = n! Σ_j k^{n−2j}((p−1)(q−1)/4)^j/((n−2j)!(j!)²), which is kⁿ at unit variance; every variance ≥ 0.
/// Evaluated by (n+1)G_{n+1} = (2n+1)·k·G_n − n(k² − (p−1)(q−1))·G_{n−1}.
/// Source: Mehler's formula; Bonnet's recurrence of the Legendre polynomials.
/// </summary>
/// <param name="Degree">n, from 0 to 64.</param>
/// <exception cref="InvalidArgumentException">The degree is outside its range.</exception>
internal sealed record Hermite(int Degree) : Activation
{
    /// <summary>n.</summary>
    public int Degree { get; } = Domain.Between(nameof(Hermite), "degree", Degree, 0, 64);

    /// <inheritdoc/>
    public override double Value(double x) => HermitePolynomial.Normalized(Degree, x);

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        Degree == 0 ? 0 : Math.Sqrt(Degree) * HermitePolynomial.Normalized(Degree - 1, x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new HermiteDual(Degree));
}

internal readonly struct HermiteDual(int degree) : IDual
{
    public static int TermCount => 2;

    // A = q − 1, B = √q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(q - TLane.Of(1), Correlation.Deviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        if (degree == 0) return new(TLane.Of(1), TLane.Of(0));
        k = Correlation.Bounded(k, left.B * right.B);
        TLane below = TLane.Of(1);
        TLane top = k;
        TLane excess = TLane.MultiplyAdd(left.A, right.A, -(k * k));
        for (int n = 1; n < degree; n++)
        {
            TLane next = TLane.MultiplyAdd(
                k * TLane.Of((2.0 * n + 1) / (n + 1)), top, excess * TLane.Of(n / (n + 1.0)) * below);
            below = top;
            top = next;
        }

        return new(top, below * TLane.Of(degree));
    }
}
