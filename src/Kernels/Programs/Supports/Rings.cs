using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Programs.Supports;

/// <summary>
/// Which axes of each register are written as rings: by a circular window whose output closes again (stride 1, or a stride that
/// divides the extent), and by steps that keep positions. Their offsets are cyclic.
/// </summary>
internal sealed class Rings : IStepReader<ValueList<bool>>
{
    private readonly List<ValueList<bool>> _rings = [];
    private readonly int _inputAxes;

    private Rings(int inputAxes) => _inputAxes = inputAxes;

    /// <summary>One answer for each axis of each register.</summary>
    public static IReadOnlyList<ValueList<bool>> Of(KernelProgram program)
    {
        var reader = new Rings(program.Input.Positions.Count);
        foreach (Step step in program.Steps) reader._rings.Add(step.Accept(reader));
        return reader._rings;
    }

    public ValueList<bool> Read(InputProduct step) => step.Flattened ? [] : Enumerable.Repeat(false, _inputAxes).ToValueList();

    public ValueList<bool> Read(Affine step) => _rings[step.Source];

    public ValueList<bool> Read(Dual step) => _rings[step.Source];

    public ValueList<bool> Read(Combine step) => Any(step.From);

    public ValueList<bool> Read(Multiply step) => Any(step.From);

    public ValueList<bool> Read(Normalize step) => _rings[step.Source];

    public ValueList<bool> Read(Drop step) => _rings[step.Source];

    public ValueList<bool> Read(FlattenPositions step) => [];

    public ValueList<bool> Read(TapSum step) => step.Axes.Select(Closes).ToValueList();

    public ValueList<bool> Read(MixPositions step) =>
        step.Axes.Where(map => !map.RemovesAxis).Select(map => map is PoolAxis pool && Closes(pool.Window)).ToValueList();

    public ValueList<bool> Read(ConcatPositions step) => Any(step.From).Select((ring, axis) => ring && axis != step.Axis).ToValueList();

    private static bool Closes(AxisWindow window) => window.Circular && (window.Transposed
        ? window.OutputExtent == window.Extent * window.Stride
        : window.Extent == window.OutputExtent * window.Stride);

    /// <summary>Joined branches share their planes: where one is a ring, all are kept as rings.</summary>
    private ValueList<bool> Any(ValueList<int> from) =>
        _rings[from[0]].Select((_, axis) => from.Any(register => _rings[register][axis])).ToValueList();
}
