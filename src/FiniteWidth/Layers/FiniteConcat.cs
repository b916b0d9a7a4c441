using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;

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

    public override LayerRun Forward(Signal input, RunContext context)
    {
        LayerRun[] runs = [.. branches.Select(branch => branch.Forward(input, context))];
        return new Run(runs, blocks, Join([.. runs.Select(run => run.Output)], Output, blocks));
    }

    private static Signal Join(Signal[] parts, SampleShape shape, int[] blocks)
    {
        var joined = new Signal(parts[0].Count, shape);
        for (int i = 0; i < parts.Length; i++) Copy(joined, parts[i], i, blocks, intoJoined: true);
        return joined;
    }

    /// <summary>Copies between branch <paramref name="index"/> and its blocks of the joined signal.</summary>
    private static void Copy(Signal joined, Signal part, int index, int[] blocks, bool intoJoined)
    {
        int block = blocks[index];
        int offset = blocks[..index].Sum();
        int stride = blocks.Sum();
        for (int i = 0; i < part.Values.Length / block; i++)
        {
            Span<double> outside = joined.Values.AsSpan(i * stride + offset, block);
            Span<double> inside = part.Values.AsSpan(i * block, block);
            if (intoJoined) inside.CopyTo(outside);
            else outside.CopyTo(inside);
        }
    }

    private sealed class Run(LayerRun[] runs, int[] blocks, Signal output) : LayerRun(output)
    {
        public override Signal Backward(Signal gradient, IBackwardVisitor visitor) =>
            PerSample.Sum([.. runs.Select((run, i) => run.Backward(Part(gradient, i), visitor))]);

        public override Signal Tangent(Signal inputTangent, ParameterSet parameterTangent) =>
            Join([.. runs.Select(run => run.Tangent(inputTangent, parameterTangent))], Output.Shape, blocks);

        private Signal Part(Signal gradient, int index)
        {
            var part = new Signal(gradient.Count, runs[index].Output.Shape);
            Copy(gradient, part, index, blocks, intoJoined: false);
            return part;
        }
    }
}
