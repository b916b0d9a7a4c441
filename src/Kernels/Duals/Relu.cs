using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The rectifier φ(x) = max(x, 0). Dual: κ = (√(pq)/2π)(sin θ + (π−θ) cos θ), κ̇ = (π−θ)/2π, θ = arccos(k/√(pq)), θ = π/2 at
/// zero variance; every variance ≥ 0. Source: Cho and Saul, Kernel Methods for Deep Learning (2009), order 1.
/// </summary>
internal sealed record Relu : Activation
{
    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, 0);

    /// <inheritdoc/>
    public override double Derivative(double x) => x > 0 ? 1 : x < 0 ? 0 : 0.5;

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new ReluDual());
}

internal readonly struct ReluDual : IDual
{
    public static int TermCount => 2;

    public static bool IsShort => true;

    // A = √q and a few units, B = 1/√q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(ArcCosine.Limit(q), Correlation.InverseDeviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane> =>
        ArcCosine.Rectifier(k, left.B * right.B, left.A * right.A);
}
