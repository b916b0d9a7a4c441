using System.Globalization;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = a·e^{bx²}. Dual, with Δ = (1−2bp)(1−2bq) − 4b²k²: κ = a²/√Δ, κ̇ = 4a²b²k/Δ^{3/2}; every variance ≥ 0 if b ≤ 0,
/// else only 4bq &lt; 1. Source: Gaussian integral of a quadratic form.
/// </summary>
/// <param name="A">The height.</param>
/// <param name="B">The rate; negative for a bump.</param>
/// <exception cref="InvalidArgumentException">A parameter is not finite.</exception>
internal sealed record Gaussian(double A = 1, double B = -1) : Activation
{
    /// <summary>The height.</summary>
    public double A { get; } = Domain.Finite(nameof(Gaussian), "a", A);

    /// <summary>The rate.</summary>
    public double B { get; } = Domain.Finite(nameof(Gaussian), "b", B);

    /// <inheritdoc/>
    public override double Value(double x) => A * Math.Exp(B * x * x);

    /// <inheritdoc/>
    public override double Derivative(double x) => 2 * A * B * x * Math.Exp(B * x * x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new GaussianDual(A, B));

    /// <inheritdoc/>
    public override string? DomainProblem(double variance) =>
        4 * B * variance < 1
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"E[φ²] diverges at variance q = {variance:G4}: exp(bx²) with b = {B} needs 4bq < 1");
}

internal readonly struct GaussianDual(double a, double b) : IDual
{
    private readonly double _scale = a * a;
    private readonly double _slope = 4 * a * a * b * b;
    private readonly double _factor = -2 * b;

    public static int TermCount => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        Squash.Side(q, _factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane both = left.A * right.A;
        TLane deviations = left.C * right.C;
        TLane magnitude = Squash.Snapped(deviations, TLane.Abs(k));
        TLane factor = both * TLane.Of(_factor);
        TLane root = both / TLane.Sqrt(Squash.SquaredCosine(left, right, deviations * factor, magnitude * factor));
        return new(root * TLane.Of(_scale), TLane.CopySign(magnitude, k) * root * (root * root) * TLane.Of(_slope));
    }
}
