using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>
/// In which order a program's steps run and which memory slot each register takes. Steps with positions run first, position after
/// position, up to the flattening that sums them; then the rest. A slot is used again when its register is not read any more, by
/// the reading step itself if it can: every loop may write where it reads.
/// </summary>
internal sealed class RegisterSlots
{
    private readonly int[] _slots;
    private readonly int[] _carries;
    private readonly Stack<int> _free = [];

    public RegisterSlots(KernelProgram program)
    {
        IReadOnlyList<int> positions = ProgramShapes.CountsOf(program);
        Positioned = [.. program.Steps.Where(step => positions[step.Target] > 1 || SumsPositions(step, positions))];
        Single = [.. program.Steps.Except(Positioned)];
        _slots = new int[program.Steps.Count];
        _carries = new int[program.Steps.Count];
        foreach (Step step in program.Steps.Where(step => step is FlattenPositions))
        {
            _slots[step.Target] = Count++;
            _carries[step.Target] = Count++;
        }

        Assign(Positioned);
        Assign(Single);
        Output = _slots[^1];
    }

    /// <summary>The steps that run once for each position, in order.</summary>
    public IReadOnlyList<Step> Positioned { get; }

    /// <summary>The steps that run once, after all positions, in order.</summary>
    public IReadOnlyList<Step> Single { get; }

    /// <summary>Number of slots.</summary>
    public int Count { get; private set; }

    /// <summary>The slot of the last register.</summary>
    public int Output { get; }

    /// <summary>The slot of a register.</summary>
    public int Of(int register) => _slots[register];

    /// <summary>The slot for the rounding errors of a sum over positions.</summary>
    public int CarryOf(int register) => _carries[register];

    private static bool SumsPositions(Step step, IReadOnlyList<int> positions) =>
        step is FlattenPositions flatten && positions[flatten.Source] > 1;

    private void Assign(IReadOnlyList<Step> steps)
    {
        var lastReader = new Dictionary<int, int>();
        foreach (Step step in steps)
        {
            foreach (int source in step.Sources) lastReader[source] = step.Target;
        }

        foreach (Step step in steps)
        {
            foreach (int source in step.Sources.Distinct())
            {
                if (lastReader[source] == step.Target) _free.Push(_slots[source]);
            }

            if (step is not FlattenPositions) _slots[step.Target] = _free.TryPop(out int slot) ? slot : Count++;
        }
    }
}
