using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>One <see cref="float"/>: the oracle of every formula in single precision.</summary>
internal readonly struct SingleLane(float value) : IStoredLane<SingleLane, float>
{
    private readonly float _value = value;

    public static bool IsSingle => true;

    public static int Count => 1;

    public float Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Of(double value) => new((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator +(SingleLane a, SingleLane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator -(SingleLane a, SingleLane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator *(SingleLane a, SingleLane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator /(SingleLane a, SingleLane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane operator -(SingleLane a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane MultiplyAdd(SingleLane a, SingleLane b, SingleLane c) =>
        new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Sqrt(SingleLane a) => new(MathF.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane SqrtAbove(SingleLane a, SingleLane floor) => new(a._value > floor._value ? MathF.Sqrt(a._value) : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Abs(SingleLane a) => new(MathF.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane CopySign(SingleLane magnitude, SingleLane sign) => new(MathF.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Min(SingleLane a, SingleLane b) => a._value < b._value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Max(SingleLane a, SingleLane b) => a._value > b._value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Round(SingleLane a) => new(MathF.Round(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane ScaleByPowerOfTwo(SingleLane a, SingleLane n) =>
        new(a._value * BitConverter.Int32BitsToSingle(((int)n._value + 127) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Less(SingleLane a, SingleLane b) =>
        new(BitConverter.Int32BitsToSingle(a._value < b._value ? -1 : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Select(SingleLane mask, SingleLane ifTrue, SingleLane ifFalse) =>
        BitConverter.SingleToInt32Bits(mask._value) != 0 ? ifTrue : ifFalse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Load(ref readonly float source) => new(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLane Broadcast(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe SingleLane LoadAt(float* source, int* numbers) => new(source[numbers[0]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe SingleLane BroadcastAt(float* source, int* places) => new(source[places[0]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLane value, ref float destination) => destination = value._value;
}
