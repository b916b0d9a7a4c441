namespace InfiniteNtk.Kernels.Programs;

/// <summary>Whether each step's sources have the positions that it expects.</summary>
internal sealed class ShapeCheck : IStepReader<(string Received, string Required)?>
{
    private readonly IReadOnlyList<ValueList<int>> _shapes;

    private ShapeCheck(IReadOnlyList<ValueList<int>> shapes) => _shapes = shapes;

    /// <summary>What is wrong with a step's sources, or null.</summary>
    public static (string Received, string Required)? Problem(Step step, IReadOnlyList<ValueList<int>> shapes) => step.Accept(new ShapeCheck(shapes));

    public (string Received, string Required)? Read(InputProduct step) => null;

    public (string Received, string Required)? Read(Affine step) => null;

    public (string Received, string Required)? Read(Dual step) => null;

    public (string Received, string Required)? Read(Combine step) => Same(step.From);

    public (string Received, string Required)? Read(Multiply step) => Same(step.From);

    public (string Received, string Required)? Read(Normalize step) =>
        step.MeanAxes.All(axis => axis >= 0 && axis < _shapes[step.Source].Count) && step.MeanAxes.Distinct().Count() == step.MeanAxes.Count
            ? null
            : ($"averages over axes {string.Join(", ", step.MeanAxes)} of {Words(_shapes[step.Source])}", "axes are different and exist");

    public (string Received, string Required)? Read(Drop step) => null;

    public (string Received, string Required)? Read(FlattenPositions step) => null;

    public (string Received, string Required)? Read(TapSum step) => Expect(step.Source, step.Axes.Select(axis => axis.Extent).ToValueList());

    public (string Received, string Required)? Read(MixPositions step) => Expect(step.Source, step.Axes.Select(axis => axis.Extent).ToValueList());

    public (string Received, string Required)? Read(ConcatPositions step)
    {
        ValueList<int> first = _shapes[step.From[0]];
        if (step.Axis < 0 || step.Axis >= first.Count) return ($"concatenates along axis {step.Axis} of {Words(first)}", "the axis exists");
        foreach (int from in step.From)
        {
            ValueList<int> other = _shapes[from];
            if (other.Count != first.Count || other.Where((extent, axis) => axis != step.Axis && extent != first[axis]).Any())
            {
                return ($"joins registers of {Words(first)} and {Words(other)}", $"joined registers agree on every axis but {step.Axis}");
            }
        }

        return null;
    }

    private (string Received, string Required)? Expect(int source, ValueList<int> expected) => _shapes[source].Equals(expected)
        ? null
        : ($"is made for {Words(expected)} and receives {Words(_shapes[source])}", "its axes are those of the register it reads");

    private (string Received, string Required)? Same(ValueList<int> from)
    {
        ValueList<int> first = _shapes[from[0]];
        foreach (int register in from)
        {
            if (!_shapes[register].Equals(first))
            {
                return ($"joins registers of {Words(first)} and {Words(_shapes[register])}", "joined registers have the same positions");
            }
        }

        return null;
    }

    private static string Words(ValueList<int> shape) => shape.Count == 0 ? "a single position" : $"{string.Join('×', shape)} positions";
}
