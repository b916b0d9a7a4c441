using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>Dropout: K and Θ of a sample with itself at the same position times 1/keep, every other entry as it was.</summary>
internal sealed unsafe class DropPlaneLoop<T>(double keepProbability, int lanes) : PlaneLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _factor = T.CreateTruncating(1 / keepProbability);

    public override void Pairs(in PlaneFrame<T> frame)
    {
        nint length = (nint)frame.View.Positions * lanes;
        Copy(frame.Sources[0].K, frame.Target.K, length);
        if (frame.WithTheta) Copy(frame.Sources[0].Theta, frame.Target.Theta, length);
        if (!frame.IsDiagonal || frame.SameLane == -1) return;
        (int first, int step) = frame.SameLane == PlaneFrame<T>.EachLane ? (0, 1) : (frame.SameLane, lanes);
        for (nint j = first; j < length; j += step)
        {
            frame.Target.K[j] *= _factor;
            if (frame.WithTheta) frame.Target.Theta[j] *= _factor;
        }
    }

    private static void Copy(T* from, T* to, nint length)
    {
        if (from != to) Buffer.MemoryCopy(from, to, length * sizeof(T), length * sizeof(T));
    }
}
