using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>4 <see cref="double"/>s in one 256-bit vector, for the product's blocks on machines of that width.</summary>
internal readonly struct Double256Lane(Vector256<double> value) : IStoredLane<Double256Lane, double>
{
    private readonly Vector256<double> _value = value;

    public static bool IsSingle => false;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Of(double value) => new(Vector256.Create((double)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane operator +(Double256Lane a, Double256Lane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane operator -(Double256Lane a, Double256Lane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane operator *(Double256Lane a, Double256Lane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane operator /(Double256Lane a, Double256Lane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane operator -(Double256Lane a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane MultiplyAdd(Double256Lane a, Double256Lane b, Double256Lane c) =>
        new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Sqrt(Double256Lane a) => new(Vector256.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane SqrtAbove(Double256Lane a, Double256Lane floor) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(a._value, floor._value), Vector256.Sqrt(a._value), Vector256<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Abs(Double256Lane a) => new(Vector256.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane CopySign(Double256Lane magnitude, Double256Lane sign) => new(Vector256.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Min(Double256Lane a, Double256Lane b) => new(Vector256.MinNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Max(Double256Lane a, Double256Lane b) => new(Vector256.MaxNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Round(Double256Lane a) => new(Vector256.Round(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane ScaleByPowerOfTwo(Double256Lane a, Double256Lane n) =>
        new(a._value * ((Vector256.ConvertToInt64(n._value) + Vector256.Create<long>(1023)) << 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Less(Double256Lane a, Double256Lane b) => new(Vector256.LessThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Select(Double256Lane mask, Double256Lane ifTrue, Double256Lane ifFalse) =>
        new(Vector256.ConditionalSelect(mask._value, ifTrue._value, ifFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Load(ref readonly double source) => new(Vector256.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256Lane Broadcast(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Double256Lane LoadAt(double* source, int* numbers) => new(Vector256.Load(source + (nint)numbers[0] * 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Double256Lane BroadcastAt(double* source, int* places) => new(Vector256.Create(source[places[0]]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Double256Lane value, ref double destination) => value._value.StoreUnsafe(ref destination);
}
