using InfiniteNtk.FiniteWidth.Parameters;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The entrywise product of branches that read the same input.</summary>
internal sealed class FiniteProduct(IReadOnlyList<FiniteLayer> branches) : FiniteLayer(branches[0].Input, branches[0].Output)
{
    /// <summary>The branches.</summary>
    public IReadOnlyList<FiniteLayer> Branches => branches;

    public override LayerRun Forward(Signal input, RunContext context)
    {
        LayerRun[] runs = [.. branches.Select(branch => branch.Forward(input, context))];
        return new Run(runs, runs.Select(run => run.Output).Aggregate(PerSample.Multiply));
    }

    private sealed class Run(LayerRun[] runs, Signal output) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) =>
            PerSample.Sum([.. runs.Select((run, i) => run.Backward(TimesOthers(gradient, i), visitor))]);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) =>
            PerSample.Sum([.. runs.Select((run, i) => TimesOthers(run.Tangent(inputTangent, parameterTangent), i))]);

        /// <summary>change ∘ Π_{j≠i} y_j: multiplied out, not divided, so that zeros do no harm.</summary>
        private Signal TimesOthers(Signal change, int i) =>
            runs.Where((_, j) => j != i).Select(run => run.Output).Aggregate(change, PerSample.Multiply);
    }
}
