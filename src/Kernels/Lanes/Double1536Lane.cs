using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// 24 <see cref="double"/>s in three 512-bit vectors, one panel of packed samples: three independent chains of operations in turn.
/// </summary>
/// <remarks>
/// A formula is one chain of some thirty dependent operations, and a processor looks ahead over three or four of them only; in turn
/// they wait for each other less. For processors with 32 vector registers.
/// </remarks>
internal readonly struct Double1536Lane(Vector512<double> first, Vector512<double> second, Vector512<double> third) : IStoredLane<Double1536Lane, double>
{
    private readonly Vector512<double> _a = first, _b = second, _c = third;

    public static bool IsSingle => false;

    public static int Count => 3 * Vector512<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Of(double value) => Broadcast((double)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane operator +(Double1536Lane x, Double1536Lane y) => new(x._a + y._a, x._b + y._b, x._c + y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane operator -(Double1536Lane x, Double1536Lane y) => new(x._a - y._a, x._b - y._b, x._c - y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane operator *(Double1536Lane x, Double1536Lane y) => new(x._a * y._a, x._b * y._b, x._c * y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane operator /(Double1536Lane x, Double1536Lane y) => new(x._a / y._a, x._b / y._b, x._c / y._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane operator -(Double1536Lane x) => new(-x._a, -x._b, -x._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane MultiplyAdd(Double1536Lane x, Double1536Lane y, Double1536Lane z) => new(
        Vector512.FusedMultiplyAdd(x._a, y._a, z._a), Vector512.FusedMultiplyAdd(x._b, y._b, z._b), Vector512.FusedMultiplyAdd(x._c, y._c, z._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Sqrt(Double1536Lane x) => new(Vector512.Sqrt(x._a), Vector512.Sqrt(x._b), Vector512.Sqrt(x._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane SqrtAbove(Double1536Lane x, Double1536Lane floor) =>
        new(SqrtAbove(x._a, floor._a), SqrtAbove(x._b, floor._b), SqrtAbove(x._c, floor._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Abs(Double1536Lane x) => new(Vector512.Abs(x._a), Vector512.Abs(x._b), Vector512.Abs(x._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane CopySign(Double1536Lane magnitude, Double1536Lane sign) => new(
        Vector512.CopySign(magnitude._a, sign._a), Vector512.CopySign(magnitude._b, sign._b), Vector512.CopySign(magnitude._c, sign._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Min(Double1536Lane x, Double1536Lane y) =>
        new(Vector512.MinNative(x._a, y._a), Vector512.MinNative(x._b, y._b), Vector512.MinNative(x._c, y._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Max(Double1536Lane x, Double1536Lane y) =>
        new(Vector512.MaxNative(x._a, y._a), Vector512.MaxNative(x._b, y._b), Vector512.MaxNative(x._c, y._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Round(Double1536Lane x) => new(Vector512.Round(x._a), Vector512.Round(x._b), Vector512.Round(x._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane ScaleByPowerOfTwo(Double1536Lane x, Double1536Lane n) =>
        new(x._a * PowerOfTwo(n._a), x._b * PowerOfTwo(n._b), x._c * PowerOfTwo(n._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Less(Double1536Lane x, Double1536Lane y) =>
        new(Vector512.LessThan(x._a, y._a), Vector512.LessThan(x._b, y._b), Vector512.LessThan(x._c, y._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Select(Double1536Lane mask, Double1536Lane ifTrue, Double1536Lane ifFalse) => new(
        Vector512.ConditionalSelect(mask._a, ifTrue._a, ifFalse._a),
        Vector512.ConditionalSelect(mask._b, ifTrue._b, ifFalse._b),
        Vector512.ConditionalSelect(mask._c, ifTrue._c, ifFalse._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Load(ref readonly double source) => new(
        Vector512.LoadUnsafe(in source), Vector512.LoadUnsafe(in source, 8), Vector512.LoadUnsafe(in source, 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double1536Lane Broadcast(double value) => new(Vector512.Create(value), Vector512.Create(value), Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Double1536Lane LoadAt(double* source, int* numbers) =>
        new(Vector512.Load(source + (nint)numbers[0] * 8), Vector512.Load(source + (nint)numbers[1] * 8), Vector512.Load(source + (nint)numbers[2] * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Double1536Lane BroadcastAt(double* source, int* places) =>
        new(Vector512.Create(source[places[0]]), Vector512.Create(source[places[1]]), Vector512.Create(source[places[2]]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Double1536Lane value, ref double destination)
    {
        value._a.StoreUnsafe(ref destination);
        value._b.StoreUnsafe(ref destination, 8);
        value._c.StoreUnsafe(ref destination, 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SqrtAbove(Vector512<double> x, Vector512<double> floor) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, floor), Vector512.Sqrt(x), Vector512<double>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTwo(Vector512<double> n) =>
        ((Vector512.ConvertToInt64(n) + Vector512.Create<long>(1023)) << 52).AsDouble();
}
