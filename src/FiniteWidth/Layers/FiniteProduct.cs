using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The entrywise product of branches that read the same input.</summary>
internal sealed class FiniteProduct(IReadOnlyList<FiniteLayer> branches) : FiniteLayer(branches[0].Input, branches[0].Output)
{
    /// <summary>The branches.</summary>
    public IReadOnlyList<FiniteLayer> Branches => branches;

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        LayerRun<T>[] runs = [.. branches.Select(branch => branch.Forward(input, context))];
        Signal<T> product = runs.Select(run => run.Output).Aggregate((a, b) => PerSample.Multiply(a, b, context.Memory));
        return new Run<T>(runs, product, context.Memory);
    }

    private sealed class Run<T>(LayerRun<T>[] runs, Signal<T> output, SignalMemory<T> memory) : LayerRun<T>(output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) =>
            PerSample.SumOfBranches([.. runs.Select((run, i) => run.Backward(TimesOthers(gradient, i), visitor))], memory);

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) =>
            PerSample.Sum([.. runs.Select((run, i) => TimesOthers(run.Tangent(inputTangent, parameterTangent), i))], memory);

        /// <summary>change ∘ Π_{j≠i} y_j: multiplied out, not divided, so that zeros do no harm.</summary>
        private Signal<T> TimesOthers(Signal<T> change, int i) =>
            runs.Where((_, j) => j != i).Select(run => run.Output).Aggregate(change, (a, b) => PerSample.Multiply(a, b, memory));
    }
}
