using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The Gaussian error linear unit φ(x) = x·Φ(x), Φ the normal distribution function. Dual, with δ² = (1+p)(1+q) − k² and
/// α = arctan(k/δ): κ = k/4 + (1/2π)[kα + (k² + pqδ²)/((1+p)(1+q)δ)],
/// κ̇ = ¼ + α/2π + (k/2πδ)[1/δ² + 1/(1+p) + 1/(1+q)]; every variance ≥ 0.
/// Source: Tsuchida, Pearce, van der Heide, Roosta and Gallagher (2021), Avoiding Kernel Fixed Points, proposition 1.
/// </summary>
internal sealed record Gelu : Activation
{
    /// <inheritdoc/>
    public override double Value(double x) => x * Normal.Distribution(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Normal.Distribution(x) + (x * Normal.Density(x));

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new GeluDual());
}

internal readonly struct GeluDual : IDual
{
    public static int TermCount => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        Squash.Side(q, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane both = left.A * right.A;
        TLane deviations = left.C * right.C;
        TLane magnitude = Squash.Snapped(deviations, TLane.Abs(k));
        TLane most = deviations * both;
        TLane sine = magnitude * both;
        TLane square = Squash.SquaredCosine(left, right, most, sine);
        TLane inverse = TLane.Of(1) / TLane.Sqrt(square);
        TLane cosine = square * inverse;
        TLane turn = TLane.MultiplyAdd(TLane.CopySign(LaneMath.Angle(sine, cosine), k), TLane.Of(0.5 / Math.PI), TLane.Of(0.25));
        TLane reach = both * inverse;
        TLane bulge = TLane.MultiplyAdd(sine * sine, reach, most * deviations * cosine);
        TLane covariance = TLane.CopySign(magnitude, k);
        TLane steep = covariance * reach * TLane.MultiplyAdd(reach, reach, left.B + right.B);
        return new(
            TLane.MultiplyAdd(covariance, turn, bulge * TLane.Of(0.5 / Math.PI)),
            TLane.MultiplyAdd(steep, TLane.Of(0.5 / Math.PI), turn));
    }
}
