namespace InfiniteNtk.Kernels.Programs;

/// <summary>How many positions each register of a program has.</summary>
internal sealed class ProgramPositions : IStepReader<int>
{
    private readonly int _input;
    private readonly List<int> _counts = [];

    private ProgramPositions(int input) => _input = input;

    /// <summary>One count a register; of joined registers the first one's.</summary>
    public static IReadOnlyList<int> Of(KernelProgram program)
    {
        var reader = new ProgramPositions(program.Input.PositionCount);
        foreach (Step step in program.Steps) reader._counts.Add(step.Accept(reader));
        return reader._counts;
    }

    public int Read(InputProduct step) => step.Flattened ? 1 : _input;

    public int Read(Affine step) => _counts[step.Source];

    public int Read(Dual step) => _counts[step.Source];

    public int Read(Combine step) => _counts[step.From[0]];

    public int Read(Multiply step) => _counts[step.From[0]];

    public int Read(Normalize step) => _counts[step.Source];

    public int Read(Drop step) => _counts[step.Source];

    public int Read(FlattenPositions step) => 1;
}
