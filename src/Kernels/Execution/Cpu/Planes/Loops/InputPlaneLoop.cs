using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>K = ⟨x[s], x'[s']⟩/C, Θ = 0, each block of channels by one chain of multiply-adds.</summary>
/// <param name="channels">C: numbers a position.</param>
internal sealed unsafe class InputPlaneLoop<TLane, T>(int channels) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockLength = 256;

    public override bool TakesLefts => channels == 3;

    public override void Pairs(in PlaneFrame<T> frame)
    {
        if (channels == 3)
        {
            int left = 0;
            for (; left + 1 < frame.Lefts; left += 2) Colours<OneLeft, Yes>(in frame, left);
            if (left < frame.Lefts) Colours<OneLeft, No>(in frame, left);
        }
        else
        {
            Blocks<OneLeft>(in frame);
        }

        for (int left = 0; frame.WithTheta && left < frame.Lefts; left++) ClearTheta(in frame, left);
    }

    public override void Selves(in PlaneFrame<T> frame)
    {
        if (channels == 3) Colours<EachLeft, No>(in frame, 0);
        else Blocks<EachLeft>(in frame);
        if (frame.WithTheta) ClearTheta(in frame, 0);
    }

    private static void ClearTheta(in PlaneFrame<T> frame, int left) =>
        new Span<T>(frame.Target.Theta + left * frame.TargetStep, frame.View.Positions * TLane.Count).Clear();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Blocks<TLeft>(in PlaneFrame<T> frame) where TLeft : struct, ILeftSide
    {
        TLane scale = TLane.Of(1.0 / channels);
        nint width = TLeft.Width(TLane.Count);
        for (int entry = 0; entry < frame.View.Positions; entry++)
        {
            T* left = frame.Left + frame.View.Left[entry] * width * channels, right = frame.Right + (nint)frame.View.Right[entry] * TLane.Count * channels;
            TLane sum = TLane.Of(0);
            for (int start = 0; start < channels; start += BlockLength)
            {
                TLane block = TLane.Of(0);
                for (int c = start; c < Math.Min(channels, start + BlockLength); c++)
                {
                    block = TLane.MultiplyAdd(TLeft.Load<TLane, T>(left + c * width), TLane.Load(in right[c * TLane.Count]), block);
                }

                sum += block;
            }

            TLane.Store(sum * scale, ref frame.Target.K[(nint)entry * TLane.Count]);
        }
    }

    /// <summary>
    /// The same of colour images, without loops within the loop; with <typeparamref name="TTwo"/> of two left samples, so that the right
    /// ones, too many for the first-level cache, are fetched half as often.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Colours<TLeft, TTwo>(in PlaneFrame<T> frame, int number) where TLeft : struct, ILeftSide where TTwo : struct, IChoice
    {
        TLane scale = TLane.Of(1.0 / 3);
        nint width = TLeft.Width(TLane.Count), next = frame.LeftStep, nextTarget = frame.TargetStep;
        int* lefts = frame.View.Left, rights = frame.View.Right;
        T* samples = frame.Left + number * next, k = frame.Target.K + number * nextTarget;
        for (int entry = 0; entry < frame.View.Positions; entry++, k += TLane.Count)
        {
            T* left = samples + lefts[entry] * 3 * width, right = frame.Right + (nint)rights[entry] * 3 * TLane.Count;
            TLane red = TLane.Load(in right[0]), green = TLane.Load(in right[TLane.Count]), blue = TLane.Load(in right[2 * TLane.Count]);
            TLane.Store(Product<TLeft>(left, width, red, green, blue) * scale, ref *k);
            if (TTwo.Is) TLane.Store(Product<TLeft>(left + next, width, red, green, blue) * scale, ref k[nextTarget]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Product<TLeft>(T* left, nint width, TLane red, TLane green, TLane blue) where TLeft : struct, ILeftSide => TLane.MultiplyAdd(
        TLeft.Load<TLane, T>(left + 2 * width), blue,
        TLane.MultiplyAdd(TLeft.Load<TLane, T>(left + width), green, TLeft.Load<TLane, T>(left) * red));
}
