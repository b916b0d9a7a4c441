using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Programs;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Compilation;

public sealed class KernelCompilerTests
{
    private static readonly SampleShape _images = new([4, 5], 3);

    [Fact]
    public void A_leading_flatten_is_part_of_the_input_product() => Expect(
        "Flatten >> Dense(2, 3) >> Relu", _images, new InputProduct(0, Flattened: true), new Affine(1, 0, 4, 9, 4, 9), new Dual(2, 1, new Relu()));

    [Fact]
    public void A_flatten_beside_other_readers_of_the_input_stays_a_step() => Expect(
        "Concat(Flatten >> Dense, Dense >> Relu >> Flatten)", _images,
        new InputProduct(0, Flattened: false), new FlattenPositions(1, 0), new Affine(2, 1, 1, 0, 1, 0), new Affine(3, 0, 1, 0, 1, 0),
        new Dual(4, 3, new Relu()), new FlattenPositions(5, 4), new Combine(6, [2, 5], [0.5, 0.5]));

    [Fact]
    public void Two_flattens_of_the_input_share_its_product() => Expect(
        "Concat(Flatten >> Dense(width: 1), Flatten >> Dense(2, width: 3))", _images,
        new InputProduct(0, Flattened: true), new Affine(1, 0, 1, 0, 1, 0), new Affine(2, 0, 4, 0, 4, 0), new Combine(3, [1, 2], [0.25, 0.75]));

    [Fact]
    public void Standard_parameterization_scales_by_the_fan_in() => Expect(
        "Dense(3, 0.5, standard, 7) >> Relu >> Dense(2, 0, standard)", SampleShape.Features(5),
        new InputProduct(0, false), new Affine(1, 0, 9, 0.25, 5, 1), new Dual(2, 1, new Relu()), new Affine(3, 2, 4, 0, 7, 0));

    [Fact]
    public void After_flatten_the_fan_in_counts_positions() => Expect(
        "Dense(width: 7) >> Flatten >> Dense(1, 0, standard)", _images,
        new InputProduct(0, false), new Affine(1, 0, 1, 0, 1, 0), new FlattenPositions(2, 1), new Affine(3, 2, 1, 0, 140, 0));

    [Fact]
    public void A_repetition_is_unrolled_and_a_sum_adds() => Expect(
        "Dense >> Repeat(2, Identity + Dense) >> Product(Dense, Dense)", SampleShape.Features(2),
        new InputProduct(0, false), new Affine(1, 0, 1, 0, 1, 0),
        new Affine(2, 1, 1, 0, 1, 0), new Combine(3, [1, 2], [1, 1]), new Affine(4, 3, 1, 0, 1, 0), new Combine(5, [3, 4], [1, 1]),
        new Affine(6, 5, 1, 0, 1, 0), new Affine(7, 5, 1, 0, 1, 0), new Multiply(8, [6, 7]));

    [Fact]
    public void Normalisation_and_dropout_keep_their_constants() => Expect(
        "Dense >> LayerNorm >> Dropout(0.8)", SampleShape.Features(2),
        new InputProduct(0, false), new Affine(1, 0, 1, 0, 1, 0), new Normalize(2, 1, 1e-12), new Drop(3, 2, 0.8));

    [Fact]
    public void Identity_is_the_linear_kernel() => Expect("Identity", SampleShape.Features(2), new InputProduct(0, false));

    private static void Expect(string text, SampleShape shape, params Step[] steps) =>
        Assert.Equal(steps, NetworkText.Parse(text).Program(shape).Steps);
}
