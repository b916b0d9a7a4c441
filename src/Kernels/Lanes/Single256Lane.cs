using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>8 <see cref="float"/>s in one 256-bit vector, for the product's blocks on machines of that width.</summary>
internal readonly struct Single256Lane(Vector256<float> value) : IStoredLane<Single256Lane, float>
{
    private readonly Vector256<float> _value = value;

    public static bool IsSingle => true;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Of(double value) => new(Vector256.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane operator +(Single256Lane a, Single256Lane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane operator -(Single256Lane a, Single256Lane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane operator *(Single256Lane a, Single256Lane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane operator /(Single256Lane a, Single256Lane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane operator -(Single256Lane a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane MultiplyAdd(Single256Lane a, Single256Lane b, Single256Lane c) =>
        new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Sqrt(Single256Lane a) => new(Vector256.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane SqrtAbove(Single256Lane a, Single256Lane floor) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(a._value, floor._value), Vector256.Sqrt(a._value), Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Abs(Single256Lane a) => new(Vector256.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane CopySign(Single256Lane magnitude, Single256Lane sign) => new(Vector256.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Min(Single256Lane a, Single256Lane b) => new(Vector256.MinNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Max(Single256Lane a, Single256Lane b) => new(Vector256.MaxNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Round(Single256Lane a) => new(Vector256.Round(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane ScaleByPowerOfTwo(Single256Lane a, Single256Lane n) =>
        new(a._value * ((Vector256.ConvertToInt32(n._value) + Vector256.Create<int>(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Less(Single256Lane a, Single256Lane b) => new(Vector256.LessThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Select(Single256Lane mask, Single256Lane ifTrue, Single256Lane ifFalse) =>
        new(Vector256.ConditionalSelect(mask._value, ifTrue._value, ifFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256Lane Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Single256Lane LoadAt(float* source, int* numbers) => new(Vector256.Load(source + (nint)numbers[0] * 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Single256Lane BroadcastAt(float* source, int* places) => new(Vector256.Create(source[places[0]]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Single256Lane value, ref float destination) => value._value.StoreUnsafe(ref destination);
}
