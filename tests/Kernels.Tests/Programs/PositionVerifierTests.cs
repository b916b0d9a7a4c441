using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs;

/// <summary>The invariants of steps over positions; samples have 2 × 3 positions.</summary>
public class PositionVerifierTests
{
    private static readonly AxisWindow _two = new(2, 2, 3, 1, 1), _three = new(3, 3, 3, 1, 1);

    [Fact]
    public void Legal_steps_over_positions_are_accepted() => ProgramVerifier.Verify(Program(
        new TapSum(1, 0, [_two, _three], 1, 0.1, 1, 1), new Normalize(2, 1, 0.1) { MeanAxes = [0, 1] },
        new ConcatPositions(3, [2, 0], 1), new MixPositions(4, 3, [new GlobalPoolAxis(2, true), new SliceAxis(6, 5, -1, 1, Removed: true)])));

    [Theory]
    [InlineData(-1, 0, 1, 0, "weight variance -1")]
    [InlineData(1, double.NaN, 1, 0, "bias variance NaN")]
    [InlineData(1, 0, double.PositiveInfinity, 0, "NTK scale")]
    [InlineData(1, 0, 1, -2, "NTK shift -2")]
    public void Constants_of_a_tap_sum_are_finite_and_not_negative(double weight, double bias, double scale, double shift, string message) =>
        Refuses(message, new TapSum(1, 0, [_two, _three], weight, bias, scale, shift), new FlattenPositions(2, 1));

    [Theory]
    [InlineData(0, 2, 3, 1)]
    [InlineData(2, 0, 3, 1)]
    [InlineData(2, 2, 0, 1)]
    [InlineData(2, 2, 3, 0)]
    public void Windows_have_extents_taps_and_strides(int extent, int outputs, int filter, int stride)
    {
        AxisWindow empty = new(extent, outputs, filter, stride, 0);
        Refuses("extents, filter and stride are at least 1", new TapSum(1, 0, [empty, _three], 1, 0, 1, 0));
        Refuses("extents, filter and stride are at least 1", new MixPositions(1, 0, [new PoolAxis(empty, PoolDivisor.One), SliceAxis.Whole(3)]));
    }

    [Fact]
    public void Inputs_of_a_transposed_window_on_a_ring_do_not_meet()
    {
        ProgramVerifier.Verify(Program(new TapSum(1, 0, [Ring(outputs: 3), _three], 1, 0, 1, 0), new FlattenPositions(2, 1)));
        Refuses("without meeting", new TapSum(1, 0, [Ring(outputs: 2), _three], 1, 0, 1, 0), new FlattenPositions(2, 1));

        static AxisWindow Ring(int outputs) => new(2, outputs, 3, 2, 0, Circular: true, Transposed: true);
    }

    [Fact]
    public void Pools_are_not_transposed() => Refuses(
        "pools with a transposed window", new MixPositions(1, 0, [new PoolAxis(_two with { Transposed = true }, PoolDivisor.One), SliceAxis.Whole(3)]));

    [Fact]
    public void Every_axis_has_a_window_or_a_map()
    {
        Refuses("has no axis", new TapSum(1, 0, [], 1, 0, 1, 0));
        Refuses("has no axis", new MixPositions(1, 0, []));
        Refuses("is made for 3×2 positions and receives 2×3 positions", new TapSum(1, 0, [_three, _two], 1, 0, 1, 0));
        Refuses("is made for 2 positions and receives 2×3 positions", new MixPositions(1, 0, [SliceAxis.Whole(2)]));
        Refuses("at least 1", new MixPositions(1, 0, [new ResizeAxis(2, 0, ResizeMethod.Linear, true), SliceAxis.Whole(3)]));
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(-1, 1, 1)]
    [InlineData(0, 1, 4)]
    [InlineData(2, -1, 4)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 0)]
    public void Slices_take_positions_that_exist(int start, int step, int count) =>
        Refuses("all of them inside", new MixPositions(1, 0, [SliceAxis.Whole(2), new SliceAxis(3, start, step, count)]));

    [Fact]
    public void An_axis_disappears_with_one_position_only() =>
        Refuses("exactly one where the axis disappears", new MixPositions(1, 0, [SliceAxis.Whole(2), new SliceAxis(3, 0, 1, 2, Removed: true)]));

    [Fact]
    public void Concatenated_registers_agree_on_all_other_axes()
    {
        Refuses("concatenates nothing", new ConcatPositions(1, [], 0));
        Refuses("along axis 2 of 2×3 positions", new ConcatPositions(1, [0, 0], 2));
        Refuses("along axis -1", new ConcatPositions(1, [0, 0], -1));
        Step narrower = new MixPositions(1, 0, [SliceAxis.Whole(2), new SliceAxis(3, 0, 1, 2)]);
        ProgramVerifier.Verify(Program(narrower, new ConcatPositions(2, [0, 1], 1), new FlattenPositions(3, 2)));
        Refuses("joins registers of 2×3 positions and 2×2 positions", narrower, new ConcatPositions(2, [0, 1], 0), new FlattenPositions(3, 2));
        Refuses("joins registers of 2×3 positions and a single position", new FlattenPositions(1, 0), new ConcatPositions(2, [0, 1], 0));
    }

    /// <summary>Every extent counts, not their number alone.</summary>
    [Fact]
    public void Sums_and_products_have_the_same_positions()
    {
        Step narrower = new MixPositions(1, 0, [SliceAxis.Whole(2), new SliceAxis(3, 0, 1, 2)]);
        const string Message = "joins registers of 2×3 positions and 2×2 positions";
        Refuses(Message, narrower, new Combine(2, [0, 1], [1, 1]), new FlattenPositions(3, 2));
        Refuses(Message, narrower, new Multiply(2, [0, 1]), new FlattenPositions(3, 2));
        Refuses("joins registers of 2×3 positions and a single position", new FlattenPositions(1, 0), new Combine(2, [0, 1], [1, 1]), new FlattenPositions(3, 2));
    }

    [Theory]
    [InlineData(new[] { 2 })]
    [InlineData(new[] { -1 })]
    [InlineData(new[] { 0, 0 })]
    public void A_normalisation_averages_over_axes_that_exist(int[] axes) =>
        Refuses("averages over axes", new Normalize(1, 0, 0.1) { MeanAxes = [.. axes] }, new FlattenPositions(2, 1));

    [Fact]
    public void The_output_has_a_single_position() => Refuses("its output has positions 2×3", new TapSum(1, 0, [_two, _three], 1, 0, 1, 0));

    private static KernelProgram Program(params Step[] steps) => new(new SampleShape([2, 3], 4), [new InputProduct(0, false), .. steps]);

    private static void Refuses(string message, params Step[] steps) =>
        Assert.Contains(message, Assert.Throws<InvalidArgumentException>(() => ProgramVerifier.Verify(Program(steps))).Message);
}
