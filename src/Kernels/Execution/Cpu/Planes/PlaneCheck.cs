using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>Looks at the variances of a lane of samples, many numbers at once; the single ones only where something is wrong.</summary>
internal sealed unsafe class PlaneCheck<T>(PlanePlan<T> plan) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _smallest = new T[plan.Lanes], _largest = new T[plan.Lanes];

    /// <summary>The variances that an activation is about to take: an activation's domain is an interval, so the ends suffice.</summary>
    public void Domain(LocalAction<T> action, in PlaneFrame<T> frame, in PlaneSides<T> sides)
    {
        if (sides.Check is not { } check || action.Step is not Dual dual) return;
        plan.Check.Range(frame.Sources[0].K, frame.Positions * plan.Lanes, _smallest, _largest);
        for (int lane = 0; lane < sides.Lanes; lane++)
        {
            check.Domain(sides.FirstSample + lane, dual.Target, dual.Activation, double.CreateTruncating(_smallest[lane]));
            check.Domain(sides.FirstSample + lane, dual.Target, dual.Activation, double.CreateTruncating(_largest[lane]));
        }
    }

    /// <summary>What a step has computed.</summary>
    public void Values(LocalAction<T> action, in PlaneFrame<T> frame, in PlaneSides<T> sides)
    {
        if (sides.Check is not { } check) return;
        nint count = (nint)frame.View.Positions * plan.Lanes;
        if (plan.Check.AreFinite(frame.Target.K, count) && (!sides.WithTheta || plan.Check.AreFinite(frame.Target.Theta, count))) return;
        for (nint j = 0; j < count; j++)
        {
            nint lane = j % plan.Lanes;
            if (lane >= sides.Lanes) continue;
            bool finite = check.Covariance(sides.FirstSample + lane, action.Step.Target, double.CreateTruncating(frame.Target.K[j]));
            if (finite && sides.WithTheta)
            {
                check.Covariance(sides.FirstSample + lane, action.Step.Target, double.CreateTruncating(frame.Target.Theta[j]), "NTK");
            }
        }
    }
}
