using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>What is done with one plane after another.</summary>
/// <param name="Step">The program's step that it comes from.</param>
/// <param name="Sources">The registers read.</param>
/// <param name="Target">The register written.</param>
internal abstract record PlaneAction(Step Step, PlaneRegister[] Sources, PlaneRegister Target)
{
    /// <summary>Whether it adds to planes of a later level.</summary>
    public abstract bool IsPush { get; }

    /// <summary>Whether the target may lie where a source lies.</summary>
    public abstract bool InPlace { get; }

    /// <summary>This action and the one before it as one, for pairs only; null: they stay two.</summary>
    /// <param name="before">An action whose target is this one's only source.</param>
    /// <param name="isShared">Whether others read that target too.</param>
    public virtual PlaneAction? After(PlaneAction before, bool isShared) => null;

    /// <summary>Whether it can do without Θ of its first source where that is 0.</summary>
    public virtual bool KnowsZeroTheta => false;
}

/// <summary>Computes a plane of the target from the planes of the same key.</summary>
/// <param name="Step">The program's step that it comes from.</param>
/// <param name="Sources">The registers read.</param>
/// <param name="Target">The register written.</param>
/// <param name="Loop">The loop.</param>
/// <param name="FirstTerm">Terms of a sample before this step's.</param>
internal sealed record LocalAction<T>(Step Step, PlaneRegister[] Sources, PlaneRegister Target, PlaneLoop<T> Loop, nint FirstTerm)
    : PlaneAction(Step, Sources, Target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool IsPush => false;

    /// <summary>An action that this one includes, and whose target it writes too, since others read it.</summary>
    public LocalAction<T>? Shared { get; init; }

    public override bool InPlace => Loop.InPlace;

    public override bool KnowsZeroTheta => Loop.KnowsZeroTheta;

    public override PlaneAction? After(PlaneAction before, bool isShared) =>
        before is LocalAction<T> local && Loop.After(local.Loop, isShared) is { } loop
            ? new LocalAction<T>(Step, local.Sources, Target, loop, FirstTerm) { Shared = isShared ? local : null }
            : null;
}

/// <summary>Adds a plane of the source to planes of the target, which is of a later level.</summary>
/// <param name="Step">The program's step that it comes from.</param>
/// <param name="Sources">The one register read.</param>
/// <param name="Target">The register added to.</param>
/// <param name="Loop">The loop.</param>
internal sealed record PushAction<T>(Step Step, PlaneRegister[] Sources, PlaneRegister Target, PushLoop<T> Loop)
    : PlaneAction(Step, Sources, Target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool IsPush => true;

    public override bool InPlace => false;
}
