using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Kernels.Programs.Supports;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs.Supports;

/// <summary>What each step asks of its source, on one axis: register 0 is the input, the program ends in one position.</summary>
public class OffsetRuleTests
{
    private static readonly AxisWindow _same = new(8, 8, 3, 1, 1), _ring = new(8, 8, 3, 1, 1, Circular: true);
    private static readonly AxisWindow _halves = new(8, 4, 2, 2, 0), _oddHalves = new(7, 4, 2, 2, 0, Circular: true);

    public static TheoryData<string, string, string> Cases => new()
    {
        // network, cross support and self support of the input
        { "flatten", "0", "" },
        { "conv, relu, flatten", "0", "0" },
        { "pool 3, flatten", "-2 to 2", "" },
        { "relu, pool 3, flatten", "-2 to 2", "0" },
        { "global", "all", "" },
        { "relu, global", "all", "0" },
        { "norm, conv, flatten", "0", "0" },
        { "mean norm, conv, flatten", "0", "0" },
        { "drop, pool 3, flatten", "-2 to 2", "" },
        { "halves, pool 3, flatten", "-4 to 4 every 2", "" },
        { "halves, global", "-6 to 6 every 2", "" },
        { "pool halves, flatten", "-1 to 1", "" },
        { "pool halves, global", "all", "" },
        { "pool halves, pool 3, flatten", "-5 to 5", "" },
        { "pool halves, relu, pool 3, flatten", "-5 to 5", "-1 to 1" },
        { "local, pool 3, flatten", "0", "" },
        { "transposed, pool 3, flatten", "-1 to 1", "" },
        { "transposed, relu, global", "all", "0" },
        { "transposed by 3, pool 3, flatten", "0", "" },
        { "every second, pool 3, flatten", "-4 to 4 every 2", "" },
        { "backwards, flatten", "0", "" },
        { "upscaled, flatten", "-1 to 1", "" },
        { "nearest, pool 3, flatten", "-1 to 1", "" },
        { "concatenated, pool 3, flatten", "-2 to 2", "" },
        { "branches of pools 3 and 2, flatten", "-2 to 2", "" },
        { "product of pools 3 and 2, flatten", "-2 to 2", "" },
        { "ring, flatten", "0", "" },
        { "ring, pool 3, flatten", "-2 to 2 on a ring", "" },
        { "ring, global", "all on a ring", "" },
        { "ring pool 3, flatten", "-2 to 2 on a ring", "" },
        { "ring halves, pool 3, flatten", "-4 to 2 every 2 on a ring", "" },
        { "ring transposed, pool 3, flatten", "-1 to 1 on a ring", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_input_needs(string network, string cross, string self)
    {
        ProgramSupports supports = ProgramSupports.Of(Program(network));
        Assert.Equal(cross, supports.Cross[0]!.ToString());
        Assert.Equal(self, supports.Self[0]?.ToString() ?? "");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_plane_that_is_kept_reaches_the_output(string network, string cross, string self)
    {
        KernelProgram program = Program(network);
        ProgramSupports supports = ProgramSupports.Of(program);
        double[,] rows = ProgramGenerator.Rows(new Random(131), 2, program.Input.Size);
        double[] x = [.. Enumerable.Range(0, program.Input.Size).Select(i => rows[0, i])], y = [.. x.Select((_, i) => rows[1, i])];
        foreach ((ValueList<OffsetSet?> side, bool isSelf) in new[] { (supports.Cross, false), (supports.Self, true) })
        {
            for (int register = 0; register < side.Count; register++)
            {
                if (side[register] is not { Axes: [var axis] }) continue;
                for (int plane = 0; plane < axis.Count; plane++)
                {
                    double k = PoisonedRecursion.Without(program, x, y, register, offset => axis.PlaneOf(offset[0]) == plane, isSelf).Theta[0, 0];
                    Assert.True(double.IsNaN(k), $"r{register}, offset {axis[plane]} of {axis} ({cross}; {self}) is kept in vain");
                }
            }
        }
    }

    [Fact]
    public void A_stride_that_does_not_divide_a_ring_opens_it()
    {
        // p in 0..3 reads 2p and 2p + 1 mod 7: the offsets 2Δ, |Δ| < 2, modulo 7.
        KernelProgram program = Then(7, new TapSum(1, 0, [_oddHalves], 1, 0, 1, 0), Pool(2, new AxisWindow(4, 3, 2, 1, 0)), new FlattenPositions(3, 2));
        Assert.Equal("-1 to 1", ProgramSupports.Of(program).Cross[1]!.ToString());
        Assert.Equal("-2 to 2 every 2 on a ring", ProgramSupports.Of(program).Cross[0]!.ToString());
    }

    [Fact]
    public void On_a_ring_that_strides_do_not_fill_offsets_turn_round()
    {
        // Two inputs write at 0 and 3 of a ring of five: Δ = −2 is the way from 0 to 3, so 1 is read though 3 is not asked for.
        var window = new AxisWindow(2, 5, 1, 3, 0, Circular: true, Transposed: true);
        KernelProgram program = Then(2, new TapSum(1, 0, [window], 1, 0, 1, 0), Pool(2, new AxisWindow(5, 3, 3, 1, 0)), new FlattenPositions(3, 2));
        Assert.Equal("-2 to 2", ProgramSupports.Of(program).Cross[1]!.ToString());
        Assert.Equal("all on a ring", ProgramSupports.Of(program).Cross[0]!.ToString());
    }

    [Fact]
    public void An_image_that_grows_asks_for_the_union_over_its_positions()
    {
        // 3 to 5, linear: the third output sits on an input, the others lie between two.
        KernelProgram program = Then(
            3, new MixPositions(1, 0, [new ResizeAxis(3, 5, ResizeMethod.Linear, false)]), Pool(2, new AxisWindow(5, 3, 3, 2, 1)), new FlattenPositions(3, 2));
        Assert.Equal("-2 to 2", ProgramSupports.Of(program).Cross[1]!.ToString());
        Assert.Equal("all", ProgramSupports.Of(program).Cross[0]!.ToString());
    }

    [Fact]
    public void The_diagonal_of_a_kernel_is_asked_of_the_self_side()
    {
        KernelProgram program = Program("relu, pool 3, flatten");
        Assert.Null(ProgramSupports.Of(program).Self[^1]);
        Assert.Equal("-2 to 2", ProgramSupports.Of(program, diagonal: true).Self[0]!.ToString());
    }

    [Fact]
    public void A_register_that_nobody_reads_has_no_support()
    {
        KernelProgram program = Then(8, new TapSum(1, 0, [_same], 1, 0, 1, 0), new FlattenPositions(2, 0));
        Assert.Null(ProgramSupports.Of(program).Cross[1]);
    }

    [Fact]
    public void Axes_are_independent_and_their_areas_multiply()
    {
        KernelProgram program = new(new SampleShape([8, 5], 1),
        [
            new InputProduct(0, false),
            new MixPositions(1, 0, [new PoolAxis(_halves, PoolDivisor.WindowSize), new GlobalPoolAxis(5, true)]),
            new FlattenPositions(2, 1),
        ]);
        OffsetSet support = ProgramSupports.Of(program).Cross[0]!;
        Assert.Equal("-1 to 1 by all", support.ToString());
        Assert.Equal((3 * 9, (7 + 8 + 7) * 25L), (support.Count, support.Area));
    }

    /// <summary>The commas separate steps; each step is made for the positions that the one before leaves.</summary>
    private static KernelProgram Program(string network)
    {
        var steps = new List<Step> { new InputProduct(0, false) };
        foreach (string name in network.Split(", ")) Append(steps, name);
        return new(new SampleShape([8], 2), [.. steps]);
    }

    private static KernelProgram Then(int extent, params Step[] steps) => new(new SampleShape([extent], 2), [new InputProduct(0, false), .. steps]);

    private static void Append(List<Step> steps, string name)
    {
        int source = steps.Count - 1, target = steps.Count;
        int n = ProgramShapes.Of(new(new SampleShape([8], 2), [.. steps]))[source] is [var extent] ? extent : 1;
        TapSum Taps(AxisWindow window, bool local = false) => new(target, source, [window], 1, 0.1, 1, 0, local);
        AxisWindow slide = new(n, n - 2, 3, 1, 0);
        Step[] added = name switch
        {
            "flatten" => [new FlattenPositions(target, source)],
            "relu" => [new Dual(target, source, new Relu())],
            "norm" => [new Normalize(target, source, 0.1)],
            "mean norm" => [new Normalize(target, source, 0.1) { MeanAxes = [0] }],
            "drop" => [new Drop(target, source, 0.5)],
            "conv" => [Taps(_same)],
            "local" => [Taps(_same, local: true)],
            "halves" => [Taps(_halves)],
            "transposed" => [Taps(new(n, 2 * n, 3, 2, 0, Transposed: true))],
            "transposed by 3" => [Taps(new(n, 3 * n, 3, 3, 0, Transposed: true))],
            "ring" => [Taps(_ring)],
            "ring halves" => [Taps(_halves with { Circular = true })],
            "ring transposed" => [Taps(new(n, 2 * n, 3, 2, 0, Circular: true, Transposed: true))],
            "ring pool 3" => [Pool(target, _ring)],
            "pool 3" => [Pool(target, slide)],
            "pool halves" => [Pool(target, _halves)],
            "global" => [new MixPositions(target, source, [new GlobalPoolAxis(n, true)])],
            "every second" => [new MixPositions(target, source, [new SliceAxis(n, 1, 2, 4)])],
            "backwards" => [new MixPositions(target, source, [new SliceAxis(n, n - 1, -1, n)])],
            "upscaled" => [new MixPositions(target, source, [new ResizeAxis(n, 2 * n, ResizeMethod.Linear, true)])],
            "nearest" => [new MixPositions(target, source, [new ResizeAxis(n, 2 * n, ResizeMethod.Nearest, true)])],
            "concatenated" => [new ConcatPositions(target, [source, source], 0)],
            "branches of pools 3 and 2" => [Pool(target, slide), Pool(target + 1, new(n, n - 2, 2, 1, 0), source), new Combine(target + 2, [target, target + 1], [1, 1])],
            "product of pools 3 and 2" => [Pool(target, slide), Pool(target + 1, new(n, n - 2, 2, 1, 0), source), new Multiply(target + 2, [target, target + 1])],
            _ => throw new ArgumentException(name),
        };
        steps.AddRange(added);
    }

    private static MixPositions Pool(int target, AxisWindow window, int? source = null) =>
        new(target, source ?? target - 1, [new PoolAxis(window, PoolDivisor.WindowSize)]);
}
