using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>8 <see cref="double"/>s in one 512-bit vector; the just-in-time compiler lowers it on narrower machines.</summary>
internal readonly struct Double512Lane(Vector512<double> value) : IStoredLane<Double512Lane, double>
{
    private readonly Vector512<double> _value = value;

    public static bool IsSingle => false;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Of(double value) => new(Vector512.Create((double)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane operator +(Double512Lane a, Double512Lane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane operator -(Double512Lane a, Double512Lane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane operator *(Double512Lane a, Double512Lane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane operator /(Double512Lane a, Double512Lane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane operator -(Double512Lane a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane MultiplyAdd(Double512Lane a, Double512Lane b, Double512Lane c) =>
        new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Sqrt(Double512Lane a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane SqrtAbove(Double512Lane a, Double512Lane floor) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._value, floor._value), Vector512.Sqrt(a._value), Vector512<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Abs(Double512Lane a) => new(Vector512.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane CopySign(Double512Lane magnitude, Double512Lane sign) => new(Vector512.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Min(Double512Lane a, Double512Lane b) => new(Vector512.MinNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Max(Double512Lane a, Double512Lane b) => new(Vector512.MaxNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Round(Double512Lane a) => new(Vector512.Round(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane ScaleByPowerOfTwo(Double512Lane a, Double512Lane n) =>
        new(a._value * ((Vector512.ConvertToInt64(n._value) + Vector512.Create<long>(1023)) << 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Less(Double512Lane a, Double512Lane b) => new(Vector512.LessThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Select(Double512Lane mask, Double512Lane ifTrue, Double512Lane ifFalse) =>
        new(Vector512.ConditionalSelect(mask._value, ifTrue._value, ifFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Load(ref readonly double source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double512Lane Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Double512Lane LoadAt(double* source, int* numbers) => new(Vector512.Load(source + (nint)numbers[0] * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Double512Lane BroadcastAt(double* source, int* places) => new(Vector512.Create(source[places[0]]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Double512Lane value, ref double destination) => value._value.StoreUnsafe(ref destination);

    /// <summary>The sum of all places, added in one order on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Double512Lane a) => Vector512.Sum(a._value);
}
