using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = a·erf(bx) + c. Dual: κ = (2a²/π) arcsin(2b²k/√((1+2b²p)(1+2b²q))) + c², κ̇ = 4a²b²/(π√Δ),
/// Δ = (1+2b²p)(1+2b²q) − 4b⁴k²; every variance ≥ 0. Source: Williams, Computing with Infinite Networks (1997), eq. 11.
/// </summary>
/// <param name="A">The height.</param>
/// <param name="B">The steepness.</param>
/// <param name="C">The offset.</param>
/// <exception cref="InvalidArgumentException">A parameter is not finite.</exception>
internal sealed record Erf(double A = 1, double B = 1, double C = 0) : Activation
{
    /// <summary>The height.</summary>
    public double A { get; } = Domain.Finite(nameof(Erf), "a", A);

    /// <summary>The steepness.</summary>
    public double B { get; } = Domain.Finite(nameof(Erf), "b", B);

    /// <summary>The offset.</summary>
    public double C { get; } = Domain.Finite(nameof(Erf), "c", C);

    /// <inheritdoc/>
    public override double Value(double x) => A * LaneMath.Erf(new DoubleLane(B * x)).Value + C;

    /// <inheritdoc/>
    public override double Derivative(double x) => 2 / Math.Sqrt(Math.PI) * A * B * Math.Exp(-B * B * x * x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new ErfDual(A, B, C));
}

internal readonly struct ErfDual(double a, double b, double c) : IDual
{
    private readonly double _scale = 2 * a * a / Math.PI;
    private readonly double _factor = 2 * b * b;
    private readonly double _offset = c * c;

    public static int TermCount => 3;

    // A = √(2b²)·s, so that κ and κ̇ share one scale; B and C of the algebra.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane>
    {
        Terms<TLane> side = Squash.Side(q, _factor);
        return side with { A = side.A * TLane.Of(Math.Sqrt(_factor)) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane both = left.A * right.A;
        TLane deviations = left.C * right.C;
        TLane sine = Squash.Snapped(deviations, TLane.Abs(k)) * both;
        TLane square = Squash.SquaredCosine(left, right, deviations * both, sine);
        TLane inverse = TLane.Of(1) / TLane.Sqrt(square);
        TLane angle = LaneMath.Angle(sine, square * inverse);
        return new(
            TLane.MultiplyAdd(TLane.CopySign(angle, k), TLane.Of(_scale), TLane.Of(_offset)),
            both * inverse * TLane.Of(_scale));
    }
}
