using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = a·sin(bx + c). Dual, with m = b²(p+q)/2 and r = b²k: κ = a²e^{−m}(cos²c·sinh r + sin²c·cosh r),
/// κ̇ = a²b²e^{−m}(cos²c·cosh r + sin²c·sinh r); every variance ≥ 0.
/// Source: Louart, Liao and Couillet (2018), A Random Matrix Approach to Neural Networks, table 1 (sin, cos).
/// </summary>
/// <param name="A">The height.</param>
/// <param name="B">The frequency.</param>
/// <param name="C">The phase.</param>
/// <exception cref="InvalidArgumentException">A parameter is not finite.</exception>
internal sealed record Sin(double A = 1, double B = 1, double C = 0) : Activation
{
    /// <summary>The height.</summary>
    public double A { get; } = Domain.Finite(nameof(Sin), "a", A);

    /// <summary>The frequency.</summary>
    public double B { get; } = Domain.Finite(nameof(Sin), "b", B);

    /// <summary>The phase.</summary>
    public double C { get; } = Domain.Finite(nameof(Sin), "c", C);

    /// <inheritdoc/>
    public override double Value(double x) => A * Math.Sin((B * x) + C);

    /// <inheritdoc/>
    public override double Derivative(double x) => A * B * Math.Cos((B * x) + C);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) =>
        user.Use(new WaveDual(A * Math.Cos(C), A * Math.Sin(C), B));
}

/// <summary>The dual of s·sin(bx) + t·cos(bx).</summary>
internal readonly struct WaveDual(double s, double t, double b) : IDual
{
    private readonly double _odd = s * s;
    private readonly double _even = t * t;
    private readonly double _square = b * b;

    public static int TermCount => 2;

    public static bool IsLong => true;

    // A = ½b²q, B = |b|√q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(q * TLane.Of(0.5 * _square), Correlation.Deviation(q) * TLane.Of(Math.Sqrt(_square)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        Hyperbolic.Damped(left.A + right.A, k * TLane.Of(_square), left.B * right.B, out TLane sinh, out TLane cosh);
        return new(
            TLane.MultiplyAdd(sinh, TLane.Of(_odd), cosh * TLane.Of(_even)),
            TLane.MultiplyAdd(cosh, TLane.Of(_odd), sinh * TLane.Of(_even)) * TLane.Of(_square));
    }
}
