using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The outputs of branches that read the same input, joined along one axis.</summary>
/// <param name="branches">The branches.</param>
/// <param name="output">The joined shape.</param>
/// <param name="blocks">
/// Per branch, how many consecutive numbers it puts in at a time: its extent along the axis times the size of everything after it.
/// </param>
internal sealed class FiniteConcat(IReadOnlyList<FiniteLayer> branches, SampleShape output, int[] blocks)
    : FiniteLayer(branches[0].Input, output)
{
    /// <summary>The branches.</summary>
    public IReadOnlyList<FiniteLayer> Branches => branches;

    /// <summary>Per branch, how many consecutive numbers it puts in at a time.</summary>
    public int[] Blocks => blocks;

    public override LayerRun<T> Forward<T>(Signal<T> input, RunContext<T> context)
    {
        LayerRun<T>[] runs = [.. branches.Select(branch => branch.Forward(input, context))];
        return new Run<T>(runs, blocks, Join([.. runs.Select(run => run.Output)], Output, blocks, context.Memory), context.Memory);
    }

    private static Signal<T> Join<T>(Signal<T>[] parts, SampleShape shape, int[] blocks, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> joined = memory.Signal(parts[0].Count, shape) with { IsConstant = parts.All(part => part.IsConstant) };
        for (int i = 0; i < parts.Length; i++) Copy(joined, parts[i], i, blocks, intoJoined: true);
        return joined;
    }

    /// <summary>Copies between branch <paramref name="index"/> and its blocks of the joined signal.</summary>
    private static void Copy<T>(Signal<T> joined, Signal<T> part, int index, int[] blocks, bool intoJoined) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = blocks[index];
        int offset = blocks[..index].Sum();
        int stride = blocks.Sum();
        for (int i = 0; i < part.Values.Length / block; i++)
        {
            Span<T> outside = joined.Values.Slice(i * stride + offset, block);
            Span<T> inside = part.Values.Slice(i * block, block);
            if (intoJoined) inside.CopyTo(outside);
            else outside.CopyTo(inside);
        }
    }

    private sealed class Run<T>(LayerRun<T>[] runs, int[] blocks, Signal<T> output, SignalMemory<T> memory) : LayerRun<T>(output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor) =>
            PerSample.SumOfBranches([.. runs.Select((run, i) => run.Backward(Part(gradient, i), visitor))], memory);

        public override Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent) =>
            Join([.. runs.Select(run => run.Tangent(inputTangent, parameterTangent))], Output.Shape, blocks, memory);

        private Signal<T> Part(Signal<T> gradient, int index)
        {
            Signal<T> part = memory.Signal(gradient.Count, runs[index].Output.Shape);
            Copy(gradient, part, index, blocks, intoJoined: false);
            return part;
        }
    }
}
