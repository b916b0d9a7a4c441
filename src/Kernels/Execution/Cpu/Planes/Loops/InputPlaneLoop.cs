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

    public override void Pairs(in PlaneFrame<T> frame) => Multiply<OneLeft>(in frame);

    public override void Selves(in PlaneFrame<T> frame) => Multiply<EachLeft>(in frame);

    private void Multiply<TLeft>(in PlaneFrame<T> frame) where TLeft : struct, ILeftSide
    {
        if (channels == 3) Colours<TLeft>(in frame);
        else Blocks<TLeft>(in frame);
        if (frame.WithTheta) new Span<T>(frame.Target.Theta, frame.View.Positions * TLane.Count).Clear();
    }

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

    /// <summary>The same of colour images, without loops within the loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Colours<TLeft>(in PlaneFrame<T> frame) where TLeft : struct, ILeftSide
    {
        TLane scale = TLane.Of(1.0 / 3);
        nint width = TLeft.Width(TLane.Count);
        int* lefts = frame.View.Left, rights = frame.View.Right;
        T* k = frame.Target.K;
        for (int entry = 0; entry < frame.View.Positions; entry++)
        {
            T* left = frame.Left + lefts[entry] * 3 * width, right = frame.Right + (nint)rights[entry] * 3 * TLane.Count;
            TLane sum = TLeft.Load<TLane, T>(left) * TLane.Load(in right[0]);
            sum = TLane.MultiplyAdd(TLeft.Load<TLane, T>(left + width), TLane.Load(in right[TLane.Count]), sum);
            sum = TLane.MultiplyAdd(TLeft.Load<TLane, T>(left + 2 * width), TLane.Load(in right[2 * TLane.Count]), sum);
            TLane.Store(sum * scale, ref k[(nint)entry * TLane.Count]);
        }
    }
}
