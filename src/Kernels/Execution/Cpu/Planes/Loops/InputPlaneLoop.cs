using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<TLeft>(in PlaneFrame<T> frame) where TLeft : struct, ILeftSide
    {
        TLane scale = TLane.Of(1.0 / channels), zero = TLane.Of(0);
        nint width = TLeft.Width(TLane.Count), leftStep = width * channels, rightStep = (nint)TLane.Count * channels;
        foreach (PlaneRun run in frame.View.Runs)
        {
            T* left = frame.Left + run.Left * leftStep, right = frame.Right + run.Right * rightStep;
            T* k = frame.Target.K + (nint)run.Index * TLane.Count, theta = frame.Target.Theta + (nint)run.Index * TLane.Count;
            for (int i = 0; i < run.Length; i++)
            {
                TLane sum = channels == 3 ? Three<TLeft>(left, width, right) : zero;
                for (int start = channels == 3 ? 3 : 0; start < channels; start += BlockLength)
                {
                    TLane block = zero;
                    for (int c = start; c < Math.Min(channels, start + BlockLength); c++)
                    {
                        block = TLane.MultiplyAdd(TLeft.Load<TLane, T>(left + c * width), TLane.Load(in right[c * TLane.Count]), block);
                    }

                    sum += block;
                }

                TLane.Store(sum * scale, ref k[0]);
                if (frame.WithTheta) TLane.Store(zero, ref theta[0]);
                left += leftStep;
                right += rightStep;
                k += TLane.Count;
                theta += TLane.Count;
            }
        }
    }

    /// <summary>The chain of a colour image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Three<TLeft>(T* left, nint width, T* right) where TLeft : struct, ILeftSide
    {
        TLane sum = TLeft.Load<TLane, T>(left) * TLane.Load(in right[0]);
        sum = TLane.MultiplyAdd(TLeft.Load<TLane, T>(left + width), TLane.Load(in right[TLane.Count]), sum);
        return TLane.MultiplyAdd(TLeft.Load<TLane, T>(left + 2 * width), TLane.Load(in right[2 * TLane.Count]), sum);
    }
}
