using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>One <see cref="double"/>: the oracle of every formula.</summary>
internal readonly struct DoubleLane(double value) : IStoredLane<DoubleLane, double>
{
    private readonly double _value = value;

    public static bool IsSingle => false;

    public static int Count => 1;

    public double Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Of(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane operator +(DoubleLane a, DoubleLane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane operator -(DoubleLane a, DoubleLane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane operator *(DoubleLane a, DoubleLane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane operator /(DoubleLane a, DoubleLane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane operator -(DoubleLane a) => new(-a._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane MultiplyAdd(DoubleLane a, DoubleLane b, DoubleLane c) =>
        new(Math.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Sqrt(DoubleLane a) => new(Math.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane SqrtAbove(DoubleLane a, DoubleLane floor) => new(a._value > floor._value ? Math.Sqrt(a._value) : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Abs(DoubleLane a) => new(Math.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane CopySign(DoubleLane magnitude, DoubleLane sign) => new(Math.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Min(DoubleLane a, DoubleLane b) => a._value < b._value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Max(DoubleLane a, DoubleLane b) => a._value > b._value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Round(DoubleLane a) => new(Math.Round(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane ScaleByPowerOfTwo(DoubleLane a, DoubleLane n) =>
        new(a._value * BitConverter.Int64BitsToDouble(((long)n._value + 1023) << 52));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Less(DoubleLane a, DoubleLane b) =>
        new(BitConverter.Int64BitsToDouble(a._value < b._value ? -1L : 0L));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Select(DoubleLane mask, DoubleLane ifTrue, DoubleLane ifFalse) =>
        BitConverter.DoubleToInt64Bits(mask._value) != 0 ? ifTrue : ifFalse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Load(ref readonly double source) => new(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Broadcast(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe DoubleLane LoadAt(double* source, int* numbers) => new(source[numbers[0]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe DoubleLane BroadcastAt(double* source, int* places) => new(source[places[0]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLane value, ref double destination) => destination = value._value;
}
