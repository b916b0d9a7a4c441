using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>A step compiled to a loop over one plane. It holds no state: all workers share it.</summary>
internal abstract class PlaneLoop<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that the step precomputes for each sample and position.</summary>
    public virtual int TermCount => 0;

    /// <summary>Whether it may write where it reads.</summary>
    public virtual bool InPlace => true;

    /// <summary>Computes the step for one left sample and a lane of right samples; the left side holds one number a position.</summary>
    public abstract void Pairs(in PlaneFrame<T> frame);

    /// <summary>
    /// Computes the step for a lane of samples, each with itself; both sides are the same memory. By the same formula in the same
    /// precision, so that equal inputs are exactly equal.
    /// </summary>
    public virtual void Selves(in PlaneFrame<T> frame) => Pairs(in frame);

    /// <summary>Computes a lane of samples' terms from the plane Δ = 0 of the source.</summary>
    /// <returns>The largest relative tail of a series used, else 0.</returns>
    public virtual double WriteTerms(in PlaneFrame<T> frame) => 0;
}
