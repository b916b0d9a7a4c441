namespace InfiniteNtk.Kernels.Programs;

/// <summary>The extents of the axes of positions of each register of a program; none: a single position.</summary>
internal sealed class ProgramShapes : IStepReader<ValueList<int>>
{
    private readonly ValueList<int> _input;
    private readonly List<ValueList<int>> _shapes = [];

    private ProgramShapes(ValueList<int> input) => _input = input;

    /// <summary>One list a register; of joined registers the first one's.</summary>
    public static IReadOnlyList<ValueList<int>> Of(KernelProgram program)
    {
        var reader = new ProgramShapes(program.Input.Positions);
        foreach (Step step in program.Steps) reader._shapes.Add(step.Accept(reader));
        return reader._shapes;
    }

    /// <summary>The number of positions of each register.</summary>
    public static IReadOnlyList<int> CountsOf(KernelProgram program) => [.. Of(program).Select(Count)];

    /// <summary>The number of positions of a shape.</summary>
    public static int Count(ValueList<int> shape) => shape.Aggregate(1, (product, extent) => checked(product * extent));

    public ValueList<int> Read(InputProduct step) => step.Flattened ? [] : _input;

    public ValueList<int> Read(Affine step) => _shapes[step.Source];

    public ValueList<int> Read(Dual step) => _shapes[step.Source];

    public ValueList<int> Read(Combine step) => _shapes[step.From[0]];

    public ValueList<int> Read(Multiply step) => _shapes[step.From[0]];

    public ValueList<int> Read(Normalize step) => _shapes[step.Source];

    public ValueList<int> Read(Drop step) => _shapes[step.Source];

    public ValueList<int> Read(FlattenPositions step) => [];

    public ValueList<int> Read(TapSum step) => step.Axes.Select(axis => axis.OutputExtent).ToValueList();

    public ValueList<int> Read(MixPositions step) =>
        step.Axes.Where(axis => !axis.RemovesAxis).Select(axis => axis.OutputExtent).ToValueList();

    public ValueList<int> Read(ConcatPositions step)
    {
        int[] shape = [.. _shapes[step.From[0]]];
        if (step.Axis >= 0 && step.Axis < shape.Length) shape[step.Axis] = step.From.Sum(from => _shapes[from].ElementAtOrDefault(step.Axis));
        return [.. shape];
    }
}
