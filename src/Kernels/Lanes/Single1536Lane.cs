using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// 48 <see cref="float"/>s in three 512-bit vectors, one panel of packed samples: three independent chains of operations in turn.
/// </summary>
/// <remarks>
/// A formula is one chain of some thirty dependent operations, and a processor looks ahead over three or four of them only; in turn
/// they wait for each other less. For processors with 32 vector registers.
/// </remarks>
internal readonly struct Single1536Lane(Vector512<float> first, Vector512<float> second, Vector512<float> third) : IStoredLane<Single1536Lane, float>
{
    private readonly Vector512<float> _a = first, _b = second, _c = third;

    public static bool IsSingle => true;

    public static int Count => 3 * Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Of(double value) => Broadcast((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane operator +(Single1536Lane x, Single1536Lane y) => new(x._a + y._a, x._b + y._b, x._c + y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane operator -(Single1536Lane x, Single1536Lane y) => new(x._a - y._a, x._b - y._b, x._c - y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane operator *(Single1536Lane x, Single1536Lane y) => new(x._a * y._a, x._b * y._b, x._c * y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane operator /(Single1536Lane x, Single1536Lane y) => new(x._a / y._a, x._b / y._b, x._c / y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane operator -(Single1536Lane x) => new(-x._a, -x._b, -x._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane MultiplyAdd(Single1536Lane x, Single1536Lane y, Single1536Lane z) => new(
        Vector512.FusedMultiplyAdd(x._a, y._a, z._a), Vector512.FusedMultiplyAdd(x._b, y._b, z._b), Vector512.FusedMultiplyAdd(x._c, y._c, z._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Sqrt(Single1536Lane x) => new(Vector512.Sqrt(x._a), Vector512.Sqrt(x._b), Vector512.Sqrt(x._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane SqrtAbove(Single1536Lane x, Single1536Lane floor) =>
        new(SqrtAbove(x._a, floor._a), SqrtAbove(x._b, floor._b), SqrtAbove(x._c, floor._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Abs(Single1536Lane x) => new(Vector512.Abs(x._a), Vector512.Abs(x._b), Vector512.Abs(x._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane CopySign(Single1536Lane magnitude, Single1536Lane sign) => new(
        Vector512.CopySign(magnitude._a, sign._a), Vector512.CopySign(magnitude._b, sign._b), Vector512.CopySign(magnitude._c, sign._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Min(Single1536Lane x, Single1536Lane y) =>
        new(Vector512.MinNative(x._a, y._a), Vector512.MinNative(x._b, y._b), Vector512.MinNative(x._c, y._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Max(Single1536Lane x, Single1536Lane y) =>
        new(Vector512.MaxNative(x._a, y._a), Vector512.MaxNative(x._b, y._b), Vector512.MaxNative(x._c, y._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Round(Single1536Lane x) => new(Vector512.Round(x._a), Vector512.Round(x._b), Vector512.Round(x._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane ScaleByPowerOfTwo(Single1536Lane x, Single1536Lane n) =>
        new(x._a * PowerOfTwo(n._a), x._b * PowerOfTwo(n._b), x._c * PowerOfTwo(n._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Less(Single1536Lane x, Single1536Lane y) =>
        new(Vector512.LessThan(x._a, y._a), Vector512.LessThan(x._b, y._b), Vector512.LessThan(x._c, y._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Select(Single1536Lane mask, Single1536Lane ifTrue, Single1536Lane ifFalse) => new(
        Vector512.ConditionalSelect(mask._a, ifTrue._a, ifFalse._a),
        Vector512.ConditionalSelect(mask._b, ifTrue._b, ifFalse._b),
        Vector512.ConditionalSelect(mask._c, ifTrue._c, ifFalse._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Load(ref readonly float source) => new(
        Vector512.LoadUnsafe(in source), Vector512.LoadUnsafe(in source, 16), Vector512.LoadUnsafe(in source, 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single1536Lane Broadcast(float value) => new(Vector512.Create(value), Vector512.Create(value), Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Single1536Lane LoadAt(float* source, int* numbers) =>
        new(Vector512.Load(source + (nint)numbers[0] * 16), Vector512.Load(source + (nint)numbers[1] * 16), Vector512.Load(source + (nint)numbers[2] * 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Single1536Lane BroadcastAt(float* source, int* places) =>
        new(Vector512.Create(source[places[0]]), Vector512.Create(source[places[1]]), Vector512.Create(source[places[2]]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Single1536Lane value, ref float destination)
    {
        value._a.StoreUnsafe(ref destination);
        value._b.StoreUnsafe(ref destination, 16);
        value._c.StoreUnsafe(ref destination, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SqrtAbove(Vector512<float> x, Vector512<float> floor) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, floor), Vector512.Sqrt(x), Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<float> n) =>
        ((Vector512.ConvertToInt32(n) + Vector512.Create<int>(127)) << 23).AsSingle();
}
