using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Products;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>One step, its loop, and where its terms lie in a block of <see cref="SelfTerms{T}"/>.</summary>
/// <param name="Step">The step.</param>
/// <param name="Loop">Its loop.</param>
/// <param name="FirstTerm">Terms of a sample before this step's.</param>
/// <param name="Pairs">The loop for pairs of samples: the same, or one that does the next step too; null where the step before did it.</param>
internal sealed record PlannedStep<T>(Step Step, StepLoop<T> Loop, nint FirstTerm, StepLoop<T>? Pairs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>A program made ready for one precision, and the sizes that follow from it.</summary>
internal sealed class CpuPlan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Left samples in a strip: two of them fill the cache lines that a transposed block writes.</summary>
    public const int StripRows = 16;

    /// <summary>
    /// Right samples that all steps are applied to before the next ones: whole panels, few enough that K and Θ of a strip stay in
    /// the first-level cache (120 doubles or 240 floats, 30 KiB).
    /// </summary>
    public static readonly int StripColumns = (15 << 10) / (StripRows * Unsafe.SizeOf<T>());

    private const int LargestTile = 240, TilesPerThread = 4;

    private readonly int[] _readers;

    private CpuPlan(KernelProgram program, RegisterSlots slots, IStepCompiler<T> compiler, ValueScan<T> check)
    {
        Check = check;
        Program = program;
        Slots = slots;
        _readers = RegisterReaders.Count(program);
        IEnumerable<InputProduct> inputs = program.Steps.OfType<InputProduct>();
        Layouts = new InputLayouts(
            inputs.Any(step => ReadsWhole(step, program.Input)), inputs.Any(step => !ReadsWhole(step, program.Input)));
        Positioned = Planned(slots.Positioned, compiler, program.Input.PositionCount);
        Single = Planned(slots.Single, compiler, 1);
    }

    /// <summary>The program that runs.</summary>
    public KernelProgram Program { get; }

    /// <summary>Its registers' memory.</summary>
    public RegisterSlots Slots { get; }

    /// <summary>How it reads samples.</summary>
    public InputLayouts Layouts { get; }

    /// <summary>Looks whether a strip is finite.</summary>
    public ValueScan<T> Check { get; }

    /// <summary>The steps that run at each position.</summary>
    public IReadOnlyList<PlannedStep<T>> Positioned { get; }

    /// <summary>The steps that run after them.</summary>
    public IReadOnlyList<PlannedStep<T>> Single { get; }

    /// <summary>Terms of one sample, all steps and positions together.</summary>
    public nint TermCount { get; private set; }

    /// <summary>The plan of a program, with the widest lane.</summary>
    public static CpuPlan<T> For(KernelProgram program)
    {
        KernelProgram simplified = ProgramSimplifier.Simplify(program);
        var slots = new RegisterSlots(simplified);
        object compiler = typeof(T) == typeof(double)
            ? VectorWidth.Is512
                ? new StepCompiler<Double512Lane, Double1536Lane, double>(simplified.Input, slots)
                : new StepCompiler<Double512Lane, Double512Lane, double>(simplified.Input, slots)
            : VectorWidth.Is512
                ? new StepCompiler<Single512Lane, Single1536Lane, float>(simplified.Input, slots)
                : new StepCompiler<Single512Lane, Single512Lane, float>(simplified.Input, slots);
        object check = typeof(T) == typeof(double) ? new ValueScan<Double512Lane, double>() : new ValueScan<Single512Lane, float>();
        return new CpuPlan<T>(simplified, slots, (IStepCompiler<T>)compiler, (ValueScan<T>)check);
    }

    /// <summary>Whether an input step multiplies samples as whole vectors.</summary>
    public static bool ReadsWhole(InputProduct step, SampleShape input) => step.Flattened || input.PositionCount == 1;

    /// <summary>
    /// Rows and columns of a tile, whole panels: what was asked for, else as large as the cache likes but small enough that every
    /// thread gets several.
    /// </summary>
    public static nint TileSize(ExecutionOptions options, int threads, nint rows, nint columns, bool symmetric)
    {
        int width = PackedPanels<T>.Width;
        if (options.TileSize is { } asked) return (asked + width - 1) / width * width;
        double shared = (double)rows * columns / (symmetric ? 2 : 1) / (TilesPerThread * threads);
        return Math.Clamp((nint)Math.Sqrt(shared) / width * width, Math.Min(2 * width, LargestTile), LargestTile);
    }

    /// <summary>Bytes of one worker's scratch.</summary>
    public double WorkerBytes(nint tileSize) =>
        TileProducts<T>.BytesFor(Layouts, StripRows, tileSize) + RegisterFile<T>.BytesFor(Slots.Count, StripRows, tileSize);

    /// <summary>Bytes of one side's packed samples and terms.</summary>
    public double SideBytes(nint count, nint tileSize) =>
        PackedInputs<T>.BytesFor(count, Program.Input, Layouts) + SelfTerms<T>.BytesFor(count, tileSize, TermCount);

    private PlannedStep<T>[] Planned(IReadOnlyList<Step> steps, IStepCompiler<T> compiler, int positions)
    {
        var planned = new PlannedStep<T>[steps.Count];
        for (int i = 0; i < planned.Length; i++)
        {
            StepLoop<T> loop = steps[i].Accept(compiler);
            planned[i] = new PlannedStep<T>(steps[i], loop, TermCount, loop);
            TermCount += (nint)loop.TermCount * positions;
            if (i == 0 || steps[i - 1] is not Dual dual || steps[i] is not Affine dense || !ReadsAlone(dense, dual)) continue;
            if (compiler.Read(dual, dense) is not { } both) continue;
            planned[i - 1] = planned[i - 1] with { Pairs = both };
            planned[i] = planned[i] with { Pairs = null };
        }

        return planned;
    }

    private bool ReadsAlone(Step reader, Step read) => _readers[read.Target] == 1 && reader.Sources.Contains(read.Target);
}
