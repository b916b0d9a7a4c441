using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Programs;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs;

public class ProgramVerifierTests
{
    private static readonly SampleShape _images = new([2, 3], 4);

    [Fact]
    public void A_legal_program_is_accepted() => ProgramVerifier.Verify(new KernelProgram(
        _images,
        [new InputProduct(0, false), new Affine(1, 0, 2, 0, 2, 0), new Dual(2, 1, new Relu()), new FlattenPositions(3, 2)]));

    [Fact]
    public void An_empty_program_is_refused() => Refuses("no steps");

    [Fact]
    public void Steps_write_registers_in_order() => Refuses("writes register 2", new InputProduct(0, true), new Drop(2, 0, 0.5));

    [Fact]
    public void A_register_is_written_before_it_is_read() =>
        Refuses("reads register 1", new InputProduct(0, true), new Affine(1, 1, 1, 0, 1, 0));

    [Theory]
    [InlineData(-1, 0, 0, 0, "weight variance -1")]
    [InlineData(1, double.NaN, 0, 0, "bias variance NaN")]
    [InlineData(1, 0, double.PositiveInfinity, 0, "NTK scale")]
    [InlineData(1, 0, 0, -2, "NTK shift -2")]
    public void Affine_constants_are_finite_and_not_negative(double weight, double bias, double scale, double shift, string message) =>
        Refuses(message, new InputProduct(0, true), new Affine(1, 0, weight, bias, scale, shift));

    [Theory]
    [InlineData(0)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Keep_probability_lies_above_0_up_to_1(double keep) =>
        Refuses("keep probability", new InputProduct(0, true), new Drop(1, 0, keep));

    [Fact]
    public void Epsilon_is_not_negative() => Refuses("epsilon -1", new InputProduct(0, true), new Normalize(1, 0, -1));

    [Fact]
    public void Each_combined_register_has_a_weight() =>
        Refuses("2 registers and 1 weights", new InputProduct(0, true), new Combine(1, [0, 0], [1]));

    [Fact]
    public void Joins_have_something_to_join()
    {
        Refuses("combines nothing", new InputProduct(0, true), new Combine(1, [], []));
        Refuses("multiplies nothing", new InputProduct(0, true), new Multiply(1, []));
    }

    [Fact]
    public void Joined_registers_have_the_same_positions() => Refuses(
        "joins registers of 2×3 positions and a single position",
        new InputProduct(0, false), new FlattenPositions(1, 0), new Multiply(2, [0, 1]), new FlattenPositions(3, 2));

    [Fact]
    public void The_output_has_one_position() => Refuses("output has positions 2×3", new InputProduct(0, false));

    private static void Refuses(string message, params Step[] steps) => Assert.Contains(
        message, Assert.Throws<InvalidArgumentException>(() => ProgramVerifier.Verify(new KernelProgram(_images, [.. steps]))).Message);
}
