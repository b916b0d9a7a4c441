using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Tests.Support;

/// <summary>
/// Random legal programs over one to three axes of positions: windows of every padding, transposed and local ones, pools, slices,
/// resizing, concatenation along an axis, joins of branches with different needs, normalisation over axes, dropout. Small: at most
/// <see cref="MostPositions"/> positions. Shrinking takes steps from the end and samples away.
/// </summary>
public static class SpatialProgramGenerator
{
    /// <summary>The largest number of positions of a register.</summary>
    public const int MostPositions = 24;

    private const int Choices = 6;

    private static readonly Activation[] _activations = [new Relu(), new Relu(), new Abs(), new LeakyRelu(0.2), new Erf(1.2, 0.8, 0.1), new ParabolaActivation()];

    /// <summary>Programs with samples of uniform numbers.</summary>
    public static Arbitrary<ProgramCase> Cases(int largestCount = 5) => Arb.From(
        from shape in Shapes
        from length in Gen.Choose(1, 9)
        from choices in Gen.ArrayOf(Gen.Choose(0, 1_000_000), Choices * length)
        from left in Gen.Choose(0, largestCount)
        from right in Gen.Choose(0, largestCount)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        let random = new Random(seed)
        select new ProgramCase(
            Build(shape, choices), ProgramGenerator.Rows(random, left, shape.Size), ProgramGenerator.Rows(random, right, shape.Size)),
        ProgramGenerator.Shrink);

    private static Gen<SampleShape> Shapes => Gen.Frequency(
        (3, from n in Gen.Choose(1, 9) from c in Gen.Choose(1, 3) select new SampleShape([n], c)),
        (3, from h in Gen.Choose(1, 5) from w in Gen.Choose(1, 4) from c in Gen.Choose(1, 3) select new SampleShape([h, w], c)),
        (1, from d in Gen.Choose(1, 3) from h in Gen.Choose(1, 3) from w in Gen.Choose(1, 2) from c in Gen.Choose(1, 2) select new SampleShape([d, h, w], c)));

    private static KernelProgram Build(SampleShape shape, int[] choices)
    {
        var steps = new List<Step> { new InputProduct(0, false) };
        for (int i = 0; i < choices.Length; i += Choices)
        {
            Step next = Next(steps, choices.AsSpan(i, Choices), shape);
            if (ProgramShapes.CountsOf(new KernelProgram(shape, [.. steps, next]))[^1] <= MostPositions) steps.Add(next);
        }

        return ProgramGenerator.Closed(shape, steps);
    }

    /// <summary>A legal step on earlier registers, mostly the last.</summary>
    private static Step Next(List<Step> steps, ReadOnlySpan<int> choice, SampleShape shape)
    {
        int target = steps.Count;
        int source = choice[1] % 5 == 0 ? choice[2] % target : target - 1;
        IReadOnlyList<ValueList<int>> shapes = ProgramShapes.Of(new KernelProgram(shape, [.. steps]));
        ValueList<int> axes = shapes[source];
        double unit = choice[3] % 1000 / 1000.0;
        int kind = choice[0] % 20;
        if (axes.Count == 0 && kind is < 9 or 18 or 19) kind = 9 + kind % 8;
        int averaged = choice[4];
        int[] details = [choice[4], choice[5], choice[4] ^ choice[5]];
        return kind switch
        {
            < 6 => new TapSum(
                target, source, axes.Select((extent, axis) => RandomAxes.Window(extent, details[axis], mayTranspose: true)).ToValueList(),
                0.5 + unit, choice[2] % 3 == 0 ? 0 : 0.3 * unit, 0.5 + unit, choice[2] % 2, Local: kind == 5),
            < 9 => new MixPositions(target, source, axes.Select((extent, axis) => RandomAxes.Map(extent, details[axis])).ToValueList()),
            < 12 => new Dual(target, source, steps[source] is Normalize && choice[2] % 4 == 0 ? new CubeActivation() : _activations[choice[2] % _activations.Length]),
            12 => new Affine(target, source, 0.5 + unit, 0.3 * unit, 0.5 + unit, choice[2] % 2),
            13 => new Combine(target, [source, Partner(shapes, source, choice[4], -1)], [0.5 + unit, 0.4]),
            14 => new Multiply(target, [source, Partner(shapes, source, choice[4], -1)]),
            15 or 16 => new Normalize(target, source, 0.01 + 0.1 * unit)
            {
                MeanAxes = Enumerable.Range(0, axes.Count).Where(axis => (averaged >> axis) % 2 == 1).ToValueList(),
            },
            17 => new Drop(target, source, 0.5 + unit / 2),
            18 => new FlattenPositions(target, source),
            _ => new ConcatPositions(target, [source, Partner(shapes, source, choice[5], choice[4] % axes.Count)], choice[4] % axes.Count),
        };
    }

    /// <summary>A register of the same positions, except along one axis.</summary>
    private static int Partner(IReadOnlyList<ValueList<int>> shapes, int source, int choice, int except)
    {
        int[] partners = [.. Enumerable.Range(0, shapes.Count).Where(Fits)];
        return partners[choice / 7 % partners.Length];

        bool Fits(int register) => shapes[register].Count == shapes[source].Count
            && shapes[register].Zip(shapes[source]).Select((extents, axis) => axis == except || extents.First == extents.Second).All(agree => agree);
    }
}
