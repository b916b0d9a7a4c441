using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>K and Θ of one plane of one register: entry after entry, right samples side by side.</summary>
internal readonly unsafe struct PlaneBlock<T>(T* k, T* theta) where T : unmanaged
{
    public readonly T* K = k, Theta = theta;
}

/// <summary>Where a loop works: one plane, one left sample, as many right samples as a lane holds.</summary>
internal unsafe struct PlaneFrame<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The target's plane.</summary>
    public PlaneView View;

    /// <summary>The first source's plane, where one is read.</summary>
    public PlaneView? SourceView;

    /// <summary>What is written.</summary>
    public PlaneBlock<T> Target;

    /// <summary>What is written of a step in between, where others read it.</summary>
    public PlaneBlock<T> Between;

    /// <summary>What is read.</summary>
    public PlaneBlock<T>* Sources;

    /// <summary>What the step knows of each side: terms, or the samples themselves. A side has position after position.</summary>
    public T* Left, Right;

    /// <summary>From one term of a side to its next, in positions.</summary>
    public nint Positions;

    /// <summary>Whether Θ is computed.</summary>
    public bool WithTheta;

    /// <summary>Whether Θ of the first source is 0 and not in memory.</summary>
    public bool SourceThetaIsZero;

    /// <summary>Left samples that are taken at once.</summary>
    public int Lefts;

    /// <summary>From a left sample's side to the next one's, and from its target to the next one's, in numbers.</summary>
    public nint LeftStep, TargetStep;

    /// <summary>Whether the plane is Δ = 0.</summary>
    public bool IsDiagonal;

    /// <summary>The right samples that are the left one: a lane's number, −1 for none, <see cref="EachLane"/> for all.</summary>
    public int SameLane;

    /// <summary>Right samples that exist.</summary>
    public int Lanes;

    /// <summary>A worker's own numbers, for whatever a loop remembers during one call.</summary>
    public PlaneScratch<T> Scratch;

    /// <summary>Each lane holds both sides of its own pair.</summary>
    public const int EachLane = -2;
}
