using System.Globalization;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = a·e^{bx}. Dual: κ = a²·e^{b²((p+q)/2 + k)}, κ̇ = b²κ; it leaves double precision where 2b²q exceeds about 709.
/// Source: the moment generating function of the normal distribution.
/// </summary>
/// <param name="A">The height.</param>
/// <param name="B">The rate.</param>
/// <exception cref="InvalidArgumentException">A parameter is not finite.</exception>
internal sealed record Exp(double A = 1, double B = 1) : Activation
{
    /// <summary>The height.</summary>
    public double A { get; } = Domain.Finite(nameof(Exp), "a", A);

    /// <summary>The rate.</summary>
    public double B { get; } = Domain.Finite(nameof(Exp), "b", B);

    /// <inheritdoc/>
    public override double Value(double x) => A * Math.Exp(B * x);

    /// <inheritdoc/>
    public override double Derivative(double x) => A * B * Math.Exp(B * x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new ExpDual(A, B));

    /// <inheritdoc/>
    public override string? DomainProblem(double variance) =>
        (2 * B * B * variance) + Math.Max(0, 2 * Math.Log(Math.Abs(A * Math.Max(1, Math.Abs(B))))) < 709
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"E[φ²] = a²·exp(2b²q) overflows at variance q = {variance:G4} (a = {A}, b = {B})");
}

internal readonly struct ExpDual(double a, double b) : IDual
{
    private readonly double _scale = a * a;
    private readonly double _square = b * b;

    public static int TermCount => 1;

    // A = ½b²q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(q * TLane.Of(0.5 * _square));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane most = left.A + right.A;
        TLane kappa = LaneMath.Exp(most + TLane.Min(most, k * TLane.Of(_square))) * TLane.Of(_scale);
        return new(kappa, kappa * TLane.Of(_square));
    }
}
