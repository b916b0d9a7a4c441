using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;
using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>What is computed for: which planes of the registers are needed, and what the left sides are.</summary>
internal enum PlanePurpose
{
    /// <summary>One left sample with a lane of right samples.</summary>
    Pairs,

    /// <summary>A lane of samples, each with itself, as far as the terms of the pairs need it.</summary>
    Terms,

    /// <summary>A lane of samples, each with itself, up to the output.</summary>
    Diagonal,
}

/// <summary>A register of the program, or one in between that the plan adds, and where its planes lie.</summary>
internal sealed class PlaneRegister(PlaneFamily family, OffsetSet?[] needed)
{
    /// <summary>The planes that it may hold.</summary>
    public PlaneFamily Family => family;

    /// <summary>For each <see cref="PlanePurpose"/> the entries that are needed.</summary>
    public OffsetSet?[] Needed => needed;

    /// <summary>For each <see cref="PlanePurpose"/> the planes that are needed.</summary>
    public bool[][] NeededPlanes { get; } = [.. needed.Select(family.Holding)];

    /// <summary>Its number among all registers.</summary>
    public int Number { get; set; }

    /// <summary>How often planes were mixed before it: registers of one level are computed plane by plane.</summary>
    public required int Level { get; init; }

    /// <summary>How planes of other registers are added to it, where they are.</summary>
    public AccumulatorLayout? Sums { get; set; }

    /// <summary>Whether all its planes are kept, because a later level reads them.</summary>
    public bool Kept { get; set; }

    /// <summary>Whether its Θ is 0 for pairs, which all its readers know: it is not written.</summary>
    public bool ThetaIsImplied { get; set; }

    /// <summary>Where it begins in a worker's numbers, per lane: all its planes if kept, else the one in work.</summary>
    public nint Start { get; set; }
}
