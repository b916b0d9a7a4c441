using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>φ(x) = max(x, 0).</summary>
public sealed record Relu : Activation
{
    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, 0);

    /// <inheritdoc/>
    public override double Derivative(double x) => x > 0 ? 1 : x < 0 ? 0 : 0.5;

    /// <inheritdoc/>
    public override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new ReluDual());
}

/// <summary>Placeholder formula until the lane arccosine lands; replaced by the duals' owner.</summary>
internal readonly struct ReluDual : IDual
{
    public static int TermCount => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> => new(TLane.Sqrt(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane> => new(left.A * right.A * TLane.Of(0.5), k);
}
