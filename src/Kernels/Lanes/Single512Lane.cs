using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>16 <see cref="float"/>s in one 512-bit vector; the just-in-time compiler lowers it on narrower machines.</summary>
internal readonly struct Single512Lane(Vector512<float> value) : IStoredLane<Single512Lane, float>
{
    private readonly Vector512<float> _value = value;

    public static bool IsSingle => true;

    public static int Count => 16;

    public Vector512<float> Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Of(double value) => new(Vector512.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane operator +(Single512Lane a, Single512Lane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane operator -(Single512Lane a, Single512Lane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane operator *(Single512Lane a, Single512Lane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane operator /(Single512Lane a, Single512Lane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane operator -(Single512Lane a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane MultiplyAdd(Single512Lane a, Single512Lane b, Single512Lane c) =>
        new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Sqrt(Single512Lane a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane SqrtAbove(Single512Lane a, Single512Lane floor) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._value, floor._value), Vector512.Sqrt(a._value), Vector512<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Abs(Single512Lane a) => new(Vector512.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane CopySign(Single512Lane magnitude, Single512Lane sign) => new(Vector512.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Min(Single512Lane a, Single512Lane b) => new(Vector512.MinNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Max(Single512Lane a, Single512Lane b) => new(Vector512.MaxNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Round(Single512Lane a) => new(Vector512.Round(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane ScaleByPowerOfTwo(Single512Lane a, Single512Lane n) =>
        new(a._value * ((Vector512.ConvertToInt32(n._value) + Vector512.Create<int>(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Less(Single512Lane a, Single512Lane b) => new(Vector512.LessThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Select(Single512Lane mask, Single512Lane ifTrue, Single512Lane ifFalse) =>
        new(Vector512.ConditionalSelect(mask._value, ifTrue._value, ifFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512Lane Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Single512Lane LoadAt(float* source, int* numbers) => new(Vector512.Load(source + (nint)numbers[0] * 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Single512Lane BroadcastAt(float* source, int* places) => new(Vector512.Create(source[places[0]]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Single512Lane value, ref float destination) => value._value.StoreUnsafe(ref destination);
}
