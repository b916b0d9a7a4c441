using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>
/// A program made ready to run plane by plane in one precision: its segments in order, where each register lies in a worker's
/// numbers, and the sizes that follow.
/// </summary>
internal sealed class PlanePlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Left samples that are computed together at most, and the bytes that their registers may take.</summary>
    private const nint MostLefts = 8, LeftBytes = 40 << 20;

    private PlanePlan(KernelProgram program, PlaneBuild<T> build, int lanes)
    {
        (Program, Lanes) = (program, lanes);
        Registers = build.Registers;
        for (int i = 0; i < Registers.Count; i++) Registers[i].Number = i;
        Check = build.Check;
        Output = build.Registers[^1];
        TermCount = build.TermCount;
        LongestRow = build.LongestRow;
        MostRows = build.MostRows;
        Segments = [.. PlaneLayout.Segments(build.Actions, build.Registers)];
        Numbers = PlaneLayout.Place(Segments, build.Registers);
        Families = build.Families;
        Lefts = (int)Math.Clamp(LeftBytes / Math.Max(1, Numbers * lanes * Unsafe.SizeOf<T>()), 1, MostLefts);
        InputSize = program.Input.Size;
        SideNumbers = InputSize + TermCount;
        PairWork = Work(PlanePurpose.Pairs);
        TermWork = Work(PlanePurpose.Terms);
    }

    /// <summary>The program that runs.</summary>
    public KernelProgram Program { get; }

    /// <summary>Right samples that are computed at once.</summary>
    public int Lanes { get; }

    /// <summary>All registers, the output last.</summary>
    public IReadOnlyList<PlaneRegister> Registers { get; }

    /// <summary>The last register.</summary>
    public PlaneRegister Output { get; }

    /// <summary>The segments, in the order of the work.</summary>
    public IReadOnlyList<PlaneSegment> Segments { get; }

    /// <summary>Looks for numbers that are not finite.</summary>
    public ValueScan<T> Check { get; }

    /// <summary>Left samples that a worker takes through a plane together, so that the right samples' terms are fetched once for all.</summary>
    public int Lefts { get; }

    /// <summary>All families of planes, by number.</summary>
    public IReadOnlyList<PlaneFamily> Families { get; }

    /// <summary>Numbers that all registers take for one lane.</summary>
    public nint Numbers { get; }

    /// <summary>Terms of a sample, all steps and positions together.</summary>
    public nint TermCount { get; }

    /// <summary>Numbers that a sample itself and its terms take.</summary>
    public nint SideNumbers { get; }

    /// <summary>Numbers of a sample.</summary>
    public int InputSize { get; }

    /// <summary>Entries in the longest row of any loop's scratch.</summary>
    public int LongestRow { get; }

    /// <summary>The most rows that one row is made of.</summary>
    public int MostRows { get; }

    /// <summary>Entries computed for one pair, over all steps.</summary>
    public double PairWork { get; }

    /// <summary>Entries computed for the terms of one sample, over all steps.</summary>
    public double TermWork { get; }

    /// <summary>The plan of a program, with the widest lane.</summary>
    public static PlanePlan<T> For(KernelProgram program)
    {
        KernelProgram simplified = ProgramSimplifier.Simplify(program);
        object build = typeof(T) == typeof(double)
            ? VectorWidth.Is512
                ? new PlanePlanner<Double512Lane, Double1536Lane, double>(simplified).Build()
                : new PlanePlanner<Double512Lane, Double512Lane, double>(simplified).Build()
            : VectorWidth.Is512
                ? new PlanePlanner<Single512Lane, Single1536Lane, float>(simplified).Build()
                : new PlanePlanner<Single512Lane, Single512Lane, float>(simplified).Build();
        return new PlanePlan<T>(simplified, (PlaneBuild<T>)build, typeof(T) == typeof(double) ? Double512Lane.Count : Single512Lane.Count);
    }

    private double Work(PlanePurpose purpose)
    {
        double work = 0;
        foreach (PlaneRegister register in Registers)
        {
            bool[] needed = register.NeededPlanes[(int)purpose];
            for (int plane = 0; plane < needed.Length; plane++)
            {
                if (needed[plane]) work += register.Family.StartOf(plane + 1) - register.Family.StartOf(plane);
            }
        }

        return work;
    }
}

/// <summary>What a planner has made of a program.</summary>
/// <param name="Actions">The actions, in the program's order.</param>
/// <param name="Registers">The registers, the output last.</param>
/// <param name="TermCount">Terms of a sample.</param>
/// <param name="LongestRow">Entries in the longest row of any loop's scratch.</param>
/// <param name="MostRows">The most rows that one row is made of.</param>
/// <param name="Families">The families of planes, by number.</param>
/// <param name="Check">Looks for numbers that are not finite.</param>
internal sealed record PlaneBuild<T>(
    IReadOnlyList<PlaneAction> Actions, IReadOnlyList<PlaneRegister> Registers, nint TermCount, int LongestRow, int MostRows,
    IReadOnlyList<PlaneFamily> Families, ValueScan<T> Check)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
