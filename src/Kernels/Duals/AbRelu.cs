using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// Two slopes that meet at 0: φ(x) = a·min(x, 0) + b·max(x, 0), a = <paramref name="NegativeSlope"/>,
/// b = <paramref name="PositiveSlope"/>. With φ = ½(a+b)x + ½(b−a)|x| its dual is that of the two parts:
/// κ = ¼(a+b)²k + ((b−a)²/2π)√(pq)(sin θ + (π/2−θ) cos θ), κ̇ = ¼(a+b)² + (b−a)²(¼ − θ/2π);
/// every variance ≥ 0. Source: Cho and Saul (2009), order 1.
/// </summary>
/// <exception cref="InvalidArgumentException">A slope is not finite.</exception>
internal sealed record AbRelu(double NegativeSlope, double PositiveSlope) : Activation
{
    /// <summary>The slope below 0.</summary>
    public double NegativeSlope { get; } = Domain.Finite(nameof(AbRelu), "negativeSlope", NegativeSlope);

    /// <summary>The slope above 0.</summary>
    public double PositiveSlope { get; } = Domain.Finite(nameof(AbRelu), "positiveSlope", PositiveSlope);

    /// <inheritdoc/>
    public override double Value(double x) => x < 0 ? NegativeSlope * x : PositiveSlope * x;

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        x > 0 ? PositiveSlope : x < 0 ? NegativeSlope : 0.5 * (NegativeSlope + PositiveSlope);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) =>
        user.Use(new AbReluDual(NegativeSlope, PositiveSlope));
}

internal readonly struct AbReluDual(double a, double b) : IDual
{
    private readonly double _even = 0.25 * (b + a) * (b + a);
    private readonly double _odd = (b - a) * (b - a);

    public static int TermCount => 2;

    public static bool IsShort => true;

    // A = √q and a few units, B = 1/√q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(ArcCosine.Limit(q), Correlation.InverseDeviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane> =>
        ArcCosine.Bend(k, left.B * right.B, left.A * right.A, _even, _odd);
}
