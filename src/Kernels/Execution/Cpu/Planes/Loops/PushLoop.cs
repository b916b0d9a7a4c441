using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>Where a plane is added to the planes of another register.</summary>
internal struct PushFrame<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The plane.</summary>
    public PlaneView View;

    /// <summary>Its entries.</summary>
    public PlaneBlock<T> Source;

    /// <summary>−1, 0 or 1: the first offset of its key that is not 0.</summary>
    public int Sign;

    /// <summary>The planes that receive.</summary>
    public Accumulator<T> Target;

    /// <summary>Which of them are wanted.</summary>
    public bool[] Active;

    /// <summary>Whether Θ is computed.</summary>
    public bool WithTheta;

    /// <summary>For whatever a loop remembers during one call.</summary>
    public PlaneScratch<T> Scratch;
}

/// <summary>A step that mixes planes, compiled to a loop that adds one source plane to all target planes that receive from it.</summary>
internal abstract class PushLoop<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds the plane.</summary>
    public abstract void Add(in PushFrame<T> frame);

    /// <summary>Asks for the sums that <see cref="Add"/> will change, so that they are near once the source is computed.</summary>
    public virtual void Fetch(in PushFrame<T> frame)
    {
    }

    /// <summary>The target planes that a source plane is added to.</summary>
    public abstract int[] TargetsOf(int source);

    /// <summary>The longest list of source rows.</summary>
    public virtual int MostRows => 0;
}
