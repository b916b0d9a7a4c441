using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = e^{−x²}·sin x. Dual, with d = 4(pq−k²), M = 1 + 2(p+q) + d, m = (p+q+d)/2M, r = k/M:
/// κ = e^{−m}·sinh r/√M, κ̇ = e^{−m}(U·cosh r + V·sinh r)/M^{5/2}, U = 1 + 2(p+q) + 4(k²+pq), V = 4k(d + 3(p+q) + 2);
/// every variance ≥ 0. Source: Gaussian integral of complex exponentials.
/// </summary>
internal sealed record Gabor : Activation
{
    /// <inheritdoc/>
    public override double Value(double x) => Math.Exp(-x * x) * Math.Sin(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Math.Exp(-x * x) * (Math.Cos(x) - (2 * x * Math.Sin(x)));

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new GaborDual());
}

internal readonly struct GaborDual : IDual
{
    public static int TermCount => 2;

    public static bool IsLong => true;

    // A = q, B = √q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(q, Correlation.Deviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane sum = left.A + right.A;
        TLane most = left.B * right.B;
        k = Correlation.Bounded(k, most);
        TLane d = Correlation.Determinant(most, k) * TLane.Of(4);
        TLane base1 = TLane.MultiplyAdd(sum, TLane.Of(2), TLane.Of(1));
        TLane inverse = TLane.Of(1) / (base1 + d);
        TLane root = TLane.Sqrt(inverse);
        Hyperbolic.Damped((sum + d) * TLane.Of(0.5) * inverse, k * inverse, most * inverse, out TLane sinh, out TLane cosh);
        TLane u = TLane.MultiplyAdd(TLane.MultiplyAdd(k, k, left.A * right.A), TLane.Of(4), base1) * inverse;
        TLane v = TLane.MultiplyAdd(sum, TLane.Of(3), d + TLane.Of(2)) * inverse * (k * TLane.Of(4));
        return new(root * sinh, root * inverse * TLane.MultiplyAdd(u, cosh, v * sinh));
    }
}
