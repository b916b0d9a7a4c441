using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>A step compiled to a loop over one plane. It holds no state: all workers share it.</summary>
internal abstract class PlaneLoop<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that the step precomputes for each sample and position.</summary>
    public virtual int TermCount => 0;

    /// <summary>Whether it may write where it reads.</summary>
    public virtual bool InPlace => true;

    /// <summary>Whether it can do without reading Θ of its first source where that is 0 (<see cref="PlaneFrame{T}.SourceThetaIsZero"/>).</summary>
    public virtual bool KnowsZeroTheta => false;

    /// <summary>Whether <see cref="Pairs"/> takes all left samples of a frame at once.</summary>
    public virtual bool TakesLefts => false;

    /// <summary>This step and the one before it in one loop, for pairs only; null: there is none.</summary>
    /// <param name="before">The loop of the step whose target is the source.</param>
    /// <param name="isShared">Whether others read that target too.</param>
    public virtual PlaneLoop<T>? After(PlaneLoop<T> before, bool isShared) => null;

    /// <summary>This step and then a formula in one loop, for pairs only; null: there is none.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="isShared">Whether what lies in between is written as well.</param>
    public virtual PlaneLoop<T>? Then<TNext>(TNext formula, bool isShared) where TNext : struct, IEntryFormula => null;

    /// <summary>Computes the step for one left sample and a lane of right samples; the left side holds one number a position.</summary>
    public abstract void Pairs(in PlaneFrame<T> frame);

    /// <summary>
    /// Computes the step for a lane of samples, each with itself; both sides are the same memory. By the same formula in the same
    /// precision, so that equal inputs are exactly equal.
    /// </summary>
    public virtual void Selves(in PlaneFrame<T> frame) => Pairs(in frame);

    /// <summary>Computes a lane of samples' terms from the plane Δ = 0 of the source.</summary>
    /// <returns>How accurate an activation without closed form is.</returns>
    public virtual DualAccuracy WriteTerms(in PlaneFrame<T> frame) => default;
}
