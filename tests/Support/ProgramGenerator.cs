using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Tests.Support;

/// <summary>A random program with samples of its shape.</summary>
/// <param name="Program">The program.</param>
/// <param name="Left">Left samples.</param>
/// <param name="Right">Right samples.</param>
public sealed record ProgramCase(KernelProgram Program, double[,] Left, double[,] Right)
{
    /// <summary>Whether results of a sample with itself differ from those of two equal samples.</summary>
    public bool HasDropout => Program.Steps.Any(step => step is Drop);

    /// <summary>The symmetric kernel of the left samples.</summary>
    internal KernelRequest Symmetric(KernelOutputs outputs = KernelOutputs.Both) => new(Program, Of(Left), null, outputs);

    /// <summary>The kernel of left with right samples.</summary>
    internal KernelRequest Cross(KernelOutputs outputs = KernelOutputs.Both) => new(Program, Of(Left), Of(Right), outputs);

    /// <summary>Rows as samples of the program's shape.</summary>
    public Samples Of(double[,] rows) => new(KernelMatrix<double>.From(rows), Program.Input);

    /// <inheritdoc/>
    public override string ToString() => $"{Left.GetLength(0)} and {Right.GetLength(0)} samples\n{ProgramText.Write(Program)}";
}

/// <summary>
/// Random legal programs: every kind of step, with and without positions, joins and registers read twice, variances kept moderate;
/// shrinking takes steps from the end and samples away.
/// </summary>
public static class ProgramGenerator
{
    private static readonly Activation[] _activations =
        [new Relu(), new Abs(), new LeakyRelu(0.2), new Erf(1.2, 0.8, 0.1), new ParabolaActivation(), new CubeActivation()];

    /// <summary>Programs with samples of uniform numbers.</summary>
    public static Arbitrary<ProgramCase> Cases(int largestCount = 40) => Arb.From(
        from shape in Shapes
        from length in Gen.Choose(1, 9)
        from choices in Gen.ArrayOf(Gen.Choose(0, 1_000_000), 4 * length)
        from left in Gen.Choose(0, largestCount)
        from right in Gen.Choose(0, largestCount)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        let random = new Random(seed)
        select new ProgramCase(Build(shape, choices), Rows(random, left, shape.Size), Rows(random, right, shape.Size)),
        Shrink);

    /// <summary>Uniform numbers in [-1.5, 1.5).</summary>
    public static double[,] Rows(Random random, int count, int size)
    {
        double[,] rows = new double[count, size];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < size; j++) rows[i, j] = 3 * random.NextDouble() - 1.5;
        }

        return rows;
    }

    private static Gen<SampleShape> Shapes => Gen.Frequency(
        (2, Gen.Choose(4, 30).Select(SampleShape.Features)),
        (1, from h in Gen.Choose(1, 3) from w in Gen.Choose(1, 4) from c in Gen.Choose(3, 6) select new SampleShape([h, w], c)));

    private static KernelProgram Build(SampleShape shape, int[] choices)
    {
        var steps = new List<Step> { new InputProduct(0, choices[0] % 3 == 0) };
        for (int i = 0; i + 3 < choices.Length; i += 4) steps.Add(Next(steps, choices.AsSpan(i, 4), shape));
        return Closed(shape, steps);
    }

    /// <summary>A legal step on earlier registers, mostly the last.</summary>
    private static Step Next(List<Step> steps, ReadOnlySpan<int> choice, SampleShape shape)
    {
        int target = steps.Count;
        int source = choice[1] % 4 == 0 ? choice[2] % target : target - 1;
        IReadOnlyList<int> positions = ProgramShapes.CountsOf(new KernelProgram(shape, [.. steps]));
        int[] partners = [.. Enumerable.Range(0, target).Where(register => positions[register] == positions[source])];
        int partner = partners[choice[3] % partners.Length];
        double unit = choice[3] % 1000 / 1000.0;
        return (choice[0] % 13) switch
        {
            < 3 => new Affine(target, source, 0.5 + unit, 0.3 * unit, 0.5 + unit, choice[2] % 2),
            < 7 => new Dual(target, source, _activations[choice[2] % _activations.Length]),
            7 => new Combine(target, [source, partner], [0.5 + unit, 0.4]),
            8 => new Combine(target, [source, partner, source], [0.3, 0.3, 0.4]),
            9 => new Multiply(target, [source, partner]),
            10 => new Normalize(target, source, 0.1 * unit),
            11 => choice[2] % 3 == 0 ? new Drop(target, source, 0.5 + unit / 2) : new Normalize(target, source, 0.01),
            _ => new FlattenPositions(target, source),
        };
    }

    /// <summary>The steps as a program whose output has a single position.</summary>
    internal static KernelProgram Closed(SampleShape shape, List<Step> steps)
    {
        var program = new KernelProgram(shape, [.. steps]);
        if (ProgramShapes.CountsOf(program)[^1] == 1) return program;
        return new KernelProgram(shape, [.. steps, new FlattenPositions(steps.Count, steps.Count - 1)]);
    }

    /// <summary>Shorter programs and fewer samples.</summary>
    internal static IEnumerable<ProgramCase> Shrink(ProgramCase value)
    {
        SampleShape shape = value.Program.Input;
        for (int count = 1; count < value.Program.Steps.Count; count++)
        {
            KernelProgram shorter = Closed(shape, [.. value.Program.Steps.Take(count)]);
            if (shorter.Steps.Count < value.Program.Steps.Count) yield return value with { Program = shorter };
        }

        if (value.Left.GetLength(0) > 1) yield return value with { Left = FirstHalf(value.Left) };
        if (value.Right.GetLength(0) > 1) yield return value with { Right = FirstHalf(value.Right) };
    }

    private static double[,] FirstHalf(double[,] rows)
    {
        double[,] half = new double[rows.GetLength(0) / 2, rows.GetLength(1)];
        Array.Copy(rows, half, half.Length);
        return half;
    }
}
