using Xunit;

namespace InfiniteNtk.Kernels.Tests.Inputs;

public class SamplesRowsTests
{
    private static readonly double[,] Rows = { { 1, 2, 3, 4 }, { 5, 6, 7, 8.5 } };
    private static readonly SampleShape Image = new([2, 1], 2);

    [Fact]
    public void Every_kind_of_array_gives_the_same_samples()
    {
        double[][] jagged = [[1, 2, 3, 4], [5, 6, 7, 8.5]];
        float[][] single = [[1, 2, 3, 4], [5, 6, 7, 8.5f]];
        double[] flat = [1, 2, 3, 4, 5, 6, 7, 8.5];
        float[] flatSingle = [1, 2, 3, 4, 5, 6, 7, 8.5f];
        AssertSame(Samples.FromRows(jagged), SampleShape.Features(4));
        AssertSame(Samples.FromRows(single), SampleShape.Features(4));
        AssertSame(Samples.FromRows(Rows), SampleShape.Features(4));
        AssertSame(Samples.FromRows(new float[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8.5f } }), SampleShape.Features(4));
        AssertSame(Samples.FromRows(flat, SampleShape.Features(4)), SampleShape.Features(4));
        AssertSame(Samples.FromRows(jagged, Image), Image);
        AssertSame(Samples.FromRows(Rows, Image), Image);
        AssertSame(Samples.FromRows(flat, Image), Image);
        AssertSame(Samples.FromRows(flatSingle, Image), Image);
    }

    [Fact]
    public void Rows_that_are_no_samples_are_refused_by_name()
    {
        Assert.Contains("row 1 has 1 numbers and row 0 has 2", Mismatch(() => Samples.FromRows([[1.5, 2], [3.5]])), StringComparison.Ordinal);
        Assert.Contains("row 1 is null", Mismatch(() => Samples.FromRows([[1.5, 2], null!])), StringComparison.Ordinal);
        Assert.Contains("row 0 is null", Mismatch(() => Samples.FromRows(new double[][] { null! })), StringComparison.Ordinal);
        Assert.Contains("there are no rows", Mismatch(() => Samples.FromRows(Array.Empty<double[]>())), StringComparison.Ordinal);
        Assert.Contains("the rows are empty", Mismatch(() => Samples.FromRows(new double[3, 0])), StringComparison.Ordinal);
        Assert.Contains("the rows are empty", Mismatch(() => Samples.FromRows(new double[][] { [], [] })), StringComparison.Ordinal);
        Assert.Contains("4 numbers", Mismatch(() => Samples.FromRows(Rows, SampleShape.Features(3))), StringComparison.Ordinal);
        Assert.Contains("there are 3 of them", Mismatch(() => Samples.FromRows([1.0, 2, 3], SampleShape.Features(2))), StringComparison.Ordinal);
        Assert.Contains("row 1, column 0 is NaN", Assert.Throws<NonFiniteInputException>(() => Samples.FromRows([[1.5], [double.NaN]])).Message, StringComparison.Ordinal);
        Assert.Contains("row 0, column 1 is Infinity", Assert.Throws<NonFiniteInputException>(() => Samples.FromRows([[1f, float.PositiveInfinity]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_samples_of_a_known_shape_are_samples()
    {
        Assert.Equal(0, Samples.FromRows(Array.Empty<double[]>(), Image).Count);
        Assert.Equal(0, Samples.FromRows(ReadOnlySpan<double>.Empty, Image).Count);
        Assert.Equal(0, Samples.FromRows(new double[0, 3]).Count);
    }

    [Fact]
    public void Places_are_taken_in_order_and_may_repeat()
    {
        using var samples = Samples.FromRows(Rows, Image);
        using Samples taken = samples.Take([1, 0, 1]);
        Assert.Equal([5, 6, 7, 8.5, 1, 2, 3, 4, 5, 6, 7, 8.5], taken.Rows.View.ToArray());
        Assert.Equal(Image, taken.Shape);
        Assert.Equal(0, samples.Take([]).Count);
        Assert.Contains("point 2 was asked for", Assert.Throws<InvalidArgumentException>(() => samples.Take([0, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidArgumentException>(() => samples.Take([-1]));
    }

    [Fact]
    public void A_split_keeps_every_sample_once()
    {
        using var samples = Samples.FromRows([.. Enumerable.Range(0, 10).Select(i => new double[] { i })]);
        (Samples train, Samples test) = samples.Split(0.7, seed: 3);
        Assert.Equal((7, 3), (train.Count, test.Count));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)i), train.Rows.View.ToArray().Concat(test.Rows.View.ToArray()).Order());
        Assert.Equal(train.Rows.View.ToArray(), samples.Split(7, seed: 3).Train.Rows.View.ToArray());
        Assert.NotEqual(train.Rows.View.ToArray(), samples.Split(7, seed: 4).Train.Rows.View.ToArray());
    }

    [Fact]
    public void Their_texts_tell_size_and_kind()
    {
        Assert.Equal("2 samples of 2×1 positions with 2 channels", Samples.FromRows(Rows, Image).ToString());
        Assert.Equal("2 × 4 float64, first row 1, 2, 3, …", KernelMatrix<double>.From(Rows).ToString());
        var single = KernelMatrix<float>.From(new float[,] { { 1.5f } }, MatrixStructure.Symmetric);
        Assert.Equal("1 × 1 float32, symmetric, first row 1.5", single.ToString());
        single.Dispose();
        Assert.Equal("1 × 1 float32, symmetric, disposed", single.ToString());
        Assert.Equal("0 × 3 float64", new KernelMatrix<double>(0, 3).ToString());
    }

    private static void AssertSame(Samples samples, SampleShape shape)
    {
        Assert.Equal(shape, samples.Shape);
        Assert.Equal(Rows, samples.Rows.ToArray());
        samples.Dispose();
    }

    private static string Mismatch(Func<Samples> make) => Assert.Throws<ShapeMismatchException>(make).Message;
}
