using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// Elementary functions over lanes: branch-free, without tables, the same bits in every place of every vector as in the scalar
/// lane. Polynomials are derived by <c>tests/Kernels.Tests/Lanes/derive_polynomials.py</c>; measured errors are listed in
/// <c>docs/numerics.md</c>.
/// </summary>
internal static partial class LaneMath
{
    // Overloads by arity, not a loop over a span: constants stay immediate and the chain stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLane Horner<TLane>(TLane x, TLane high, double c0) where TLane : struct, ILane<TLane> =>
        TLane.MultiplyAdd(high, x, TLane.Of(c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLane Horner<TLane>(TLane x, TLane high, double c1, double c0) where TLane : struct, ILane<TLane> =>
        TLane.MultiplyAdd(TLane.MultiplyAdd(high, x, TLane.Of(c1)), x, TLane.Of(c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLane Horner<TLane>(TLane x, TLane high, double c2, double c1, double c0)
        where TLane : struct, ILane<TLane> => Horner(x, Horner(x, high, c2, c1), c0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLane Horner<TLane>(TLane x, TLane high, double c3, double c2, double c1, double c0)
        where TLane : struct, ILane<TLane> => Horner(x, Horner(x, high, c3, c2), c1, c0);
}
