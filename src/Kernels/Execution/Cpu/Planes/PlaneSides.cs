using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>The two sides of what is computed at once: the samples' numbers followed by their terms.</summary>
internal unsafe struct PlaneSides<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The first left sample, number after number; for samples with themselves the right side.</summary>
    public T* Left;

    /// <summary>Left samples, one behind the other.</summary>
    public int Lefts;

    /// <summary>A lane of right samples, side by side.</summary>
    public T* Right;

    /// <summary>Right samples that exist.</summary>
    public int Lanes;

    /// <summary>The lane that is the first left sample of a symmetric call, the next one the second's; outside the lanes: none.</summary>
    public nint FirstSame;

    /// <summary>Whether Θ is computed.</summary>
    public bool WithTheta;

    /// <summary>Looks at every variance, where the samples are computed with themselves for the first time.</summary>
    public SelfCovarianceCheck? Check;

    /// <summary>The number of the first right sample.</summary>
    public nint FirstSample;
}
