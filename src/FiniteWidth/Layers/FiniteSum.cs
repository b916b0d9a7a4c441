using InfiniteNtk.FiniteWidth.Parameters;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The sum of branches that read the same input.</summary>
internal sealed class FiniteSum(IReadOnlyList<FiniteLayer> branches) : FiniteLayer(branches[0].Input, branches[0].Output)
{
    /// <summary>The branches.</summary>
    public IReadOnlyList<FiniteLayer> Branches => branches;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        LayerRun[] runs = [.. branches.Select(branch => branch.Forward(input, context))];
        return new Run(runs, PerSample.Sum([.. runs.Select(run => run.Output)]));
    }

    private sealed class Run(LayerRun[] runs, Signal output) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) =>
            PerSample.Sum([.. runs.Select(run => run.Backward(gradient, visitor))]);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) =>
            PerSample.Sum([.. runs.Select(run => run.Tangent(inputTangent, parameterTangent))]);
    }
}
