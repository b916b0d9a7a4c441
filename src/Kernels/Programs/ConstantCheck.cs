using System.Globalization;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Programs;

/// <summary>The domain of each step's constants, and that joining steps have something to join.</summary>
internal sealed class ConstantCheck : IStepReader<(string Received, string Required)?>
{
    public (string Received, string Required)? Read(InputProduct step) => null;

    public (string Received, string Required)? Read(Affine step) =>
        NotNegative("weight variance", step.WeightVariance) ?? NotNegative("bias variance", step.BiasVariance)
        ?? NotNegative("NTK scale", step.NtkScale) ?? NotNegative("NTK shift", step.NtkShift);

    public (string Received, string Required)? Read(Dual step) =>
        step.Activation is null ? ("has no activation", "a dual step has one") : null;

    public (string Received, string Required)? Read(Combine step)
    {
        if (step.From.Count == 0) return ("combines nothing", "at least one register is combined");
        if (step.From.Count != step.Weights.Count)
        {
            return ($"has {step.From.Count} registers and {step.Weights.Count} weights", "each register has one weight");
        }

        return step.Weights.Select(weight => NotNegative("weight", weight)).FirstOrDefault(problem => problem is not null);
    }

    public (string Received, string Required)? Read(Multiply step) =>
        step.From.Count == 0 ? ("multiplies nothing", "at least one register is multiplied") : null;

    public (string Received, string Required)? Read(Normalize step) => NotNegative("epsilon", step.Epsilon);

    public (string Received, string Required)? Read(Drop step) =>
        step.KeepProbability is > 0 and <= 1 ? null : (Has("keep probability", step.KeepProbability), "it lies in (0, 1]");

    public (string Received, string Required)? Read(FlattenPositions step) => null;

    public (string Received, string Required)? Read(TapSum step) =>
        NotNegative("weight variance", step.WeightVariance) ?? NotNegative("bias variance", step.BiasVariance)
        ?? NotNegative("NTK scale", step.NtkScale) ?? NotNegative("NTK shift", step.NtkShift)
        ?? (step.Axes.Count == 0
            ? ("has no axis", "a sum over taps has a window for each axis")
            : step.Axes.Select(Window).FirstOrDefault(problem => problem is not null));

    public (string Received, string Required)? Read(MixPositions step) =>
        step.Axes.Count == 0
            ? ("has no axis", "a mix has a map for each axis")
            : step.Axes.Select(Map).FirstOrDefault(problem => problem is not null);

    public (string Received, string Required)? Read(ConcatPositions step) =>
        step.From.Count == 0 ? ("concatenates nothing", "at least one register is concatenated") : null;

    private static (string Received, string Required)? Map(AxisMap map) => map switch
    {
        PoolAxis { Window.Transposed: true } => ("pools with a transposed window", "pooling windows are not transposed"),
        PoolAxis pool => Window(pool.Window),
        SliceAxis slice => Slice(slice),
        _ => map.Extent >= 1 && map.OutputExtent >= 1
            ? null
            : ($"maps {map.Extent} positions to {map.OutputExtent}", "both extents are at least 1"),
    };

    private static (string Received, string Required)? Slice(SliceAxis slice)
    {
        long last = slice.Start + (slice.Count - 1L) * slice.Step;
        bool inside = slice.Count >= 1 && slice.Step != 0 && slice.Start >= 0 && slice.Start < slice.Extent && last >= 0 && last < slice.Extent;
        return inside && (!slice.Removed || slice.Count == 1)
            ? null
            : ($"takes {slice}", "a slice takes at least one position, all of them inside, exactly one where the axis disappears");
    }

    private static (string Received, string Required)? Window(AxisWindow window)
    {
        if (window is not { Extent: >= 1, OutputExtent: >= 1, Filter: >= 1, Stride: >= 1 })
        {
            return ($"has {window}", "extents, filter and stride are at least 1");
        }

        return window is { Transposed: true, Circular: true } && (window.Extent - 1L) * window.Stride >= window.OutputExtent
            ? ($"has {window}", "inputs of a transposed window on a ring write a stride apart without meeting")
            : null;
    }

    private static (string Received, string Required)? NotNegative(string name, double value) =>
        double.IsFinite(value) && value >= 0 ? null : (Has(name, value), "it is finite and at least 0");

    private static string Has(string name, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"has {name} {value}");
}
