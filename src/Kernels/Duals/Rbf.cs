using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The random Fourier feature φ(x) = √2·sin(√(2γ)x + π/4), whose kernel is the Gaussian one: κ = e^{−γ(p+q−2k)}, κ̇ = 2γκ;
/// every variance ≥ 0. Source: Rahimi and Recht (2007), Random Features for Large-Scale Kernel Machines.
/// </summary>
/// <param name="Gamma">γ > 0.</param>
/// <exception cref="InvalidArgumentException">γ is not positive and finite.</exception>
internal sealed record Rbf(double Gamma = 1) : Activation
{
    /// <summary>γ > 0.</summary>
    public double Gamma { get; } = Domain.Positive(nameof(Rbf), "gamma", Gamma);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Sqrt(2) * Math.Sin((Math.Sqrt(2 * Gamma) * x) + (Math.PI / 4));

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        2 * Math.Sqrt(Gamma) * Math.Cos((Math.Sqrt(2 * Gamma) * x) + (Math.PI / 4));

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new RbfDual(Gamma));
}

internal readonly struct RbfDual(double gamma) : IDual
{
    public static int TermCount => 1;

    // A = q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        TLane squaredDistance = TLane.Max(TLane.Of(0), TLane.MultiplyAdd(k, TLane.Of(-2), left.A + right.A));
        TLane kappa = LaneMath.Exp(squaredDistance * TLane.Of(-gamma));
        return new(kappa, kappa * TLane.Of(2 * gamma));
    }
}
