using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The sum of branches that read the same input.</summary>
internal sealed class FiniteSum(IReadOnlyList<FiniteLayer> branches) : FiniteLayer(branches[0].Input, branches[0].Output)
{
    /// <summary>The branches.</summary>
    public IReadOnlyList<FiniteLayer> Branches => branches;

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        LayerRun<T>[] runs = [.. branches.Select(branch => branch.Forward(input, context))];
        return new Run<T>(runs, PerSample.Sum([.. runs.Select(run => run.Output)], context.Memory), context.Memory);
    }

    private sealed class Run<T>(LayerRun<T>[] runs, Signal<T> output, SignalMemory<T> memory) : LayerRun<T>(output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) =>
            PerSample.SumOfBranches([.. runs.Select(run => run.Backward(gradient, visitor))], memory);

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) =>
            PerSample.Sum([.. runs.Select(run => run.Tangent(inputTangent, parameterTangent))], memory);
    }
}
