using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>A step compiled to a loop over a strip. It holds no state: all workers share it.</summary>
internal abstract class StepLoop<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that the step precomputes for each sample and position.</summary>
    public virtual int TermCount => 0;

    /// <summary>Computes the step for the pairs of a strip.</summary>
    public abstract void Pairs(in Strip<T> strip);

    /// <summary>
    /// Computes the step for each sample with itself (a strip of one row: the column is both samples), writing the terms that
    /// <see cref="Pairs"/> reads. By the same formula in the same precision, so that equal inputs are exactly equal.
    /// </summary>
    /// <returns>How accurate an activation without closed form is.</returns>
    public virtual DualAccuracy Self(in Strip<T> strip)
    {
        Pairs(in strip);
        return default;
    }
}
