using InfiniteNtk.Kernels.Tests.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Inputs;

public class SamplesTests
{
    [Fact]
    public void Rank_two_are_features_and_rank_four_images_with_the_channel_last()
    {
        using Samples features = Samples.From(NpyFile.Open(Fixture.Path("fortran.npy")));
        Assert.Equal(SampleShape.Features(4), features.Shape);
        Assert.Equal(Fixture.Values('f', 12), features.Rows.View.ToArray());
        using Samples images = Samples.From(NpyFile.Open(Fixture.Path("four_axes.npy")));
        Assert.Equal(new SampleShape([3, 4], 5), images.Shape);
        Assert.Equal(2, images.Count);
    }

    [Fact]
    public void Rank_three_are_images_with_one_channel_or_sequences_as_asked()
    {
        NpyArray array = NpyFile.Open(Fixture.Path("fortran_one_row.npy"));
        using Samples images = Samples.From(array);
        Assert.Equal(new SampleShape([2, 3], 1), images.Shape);
        using Samples sequences = Samples.From(array, ArrayLayout.Ntc);
        Assert.Equal(new SampleShape([2], 3), sequences.Shape);
        Assert.Equal([-2, -1, 0, 1, 2, 3], sequences.Rows.View.ToArray());
    }

    [Fact]
    public void Channels_that_come_first_are_moved_last()
    {
        using Samples moved = Samples.From(NpyFile.Open(Fixture.Path("four_axes.npy")), ArrayLayout.Nchw);
        Assert.Equal(new SampleShape([4, 5], 3), moved.Shape);
        for (int n = 0; n < 2; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int p = 0; p < 20; p++) Assert.Equal(60 * n + 20 * c + p, moved.Rows[n, 3 * p + c]);
            }
        }
    }

    [Theory]
    [InlineData("(2, 3, 8, 8)", null, "first or the last")]
    [InlineData("(5,)", null, "rank 2")]
    [InlineData("()", null, "rank 2")]
    [InlineData("(3, 0)", null, "1 to 2147483647")]
    [InlineData("(0, 65536, 65536)", null, "1 to 2147483647")]
    [InlineData("(2, 4)", ArrayLayout.Ntc, "the layout ntc needs rank 3")]
    [InlineData("(2, 4, 1)", ArrayLayout.Nhwc, "the layout nhwc needs rank 4")]
    public void Shapes_that_are_no_samples_or_not_clear_are_refused(string shape, ArrayLayout? layout, string required)
    {
        using var folder = new TemporaryFolder();
        NpyArray array = NpyFile.Open(Zeros(folder, shape));
        Assert.Contains(required, Assert.Throws<ShapeMismatchException>(() => Samples.From(array, layout)).Required, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ambiguous_shape_is_read_once_its_layout_is_said()
    {
        using var folder = new TemporaryFolder();
        NpyArray array = NpyFile.Open(Zeros(folder, "(2, 3, 8, 8)"));
        using Samples first = Samples.From(array, ArrayLayout.Nchw);
        using Samples last = Samples.From(array, ArrayLayout.Nhwc);
        Assert.Equal((new SampleShape([8, 8], 3), new SampleShape([3, 8], 8)), (first.Shape, last.Shape));
    }

    [Fact]
    public void No_samples_are_samples_of_a_shape()
    {
        using Samples none = Samples.From(NpyFile.Open(Fixture.Path("empty.npy")));
        Assert.Equal((0, SampleShape.Features(5)), (none.Count, none.Shape));
    }

    [Fact]
    public void Images_keep_their_order()
    {
        var pixels = new double[2, 2, 1, 2] { { { { 1, 2 } }, { { 3, 4 } } }, { { { 5, 6 } }, { { 7, 8 } } } };
        using Samples images = Samples.FromImages(pixels);
        Assert.Equal(new SampleShape([2, 1], 2), images.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], images.Rows.View.ToArray());
    }

    [Fact]
    public void The_first_number_that_is_not_finite_is_named()
    {
        using var features = KernelMatrix<double>.From(new double[,] { { 0, 1, 2 }, { 3, 4, double.NegativeInfinity } });
        var error = Assert.Throws<NonFiniteInputException>(() => new Samples(features, SampleShape.Features(3)));
        Assert.Equal("row 1, column 2 is -Infinity", error.Received);
        using var images = KernelMatrix<double>.From(new double[,] { { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, double.NaN, double.NaN } });
        error = Assert.Throws<NonFiniteInputException>(() => new Samples(images, new SampleShape([2, 3], 2)));
        Assert.Equal("row 0, column 10 (position 1×2, channel 0) is NaN", error.Received);
    }

    [Fact]
    public void A_row_length_that_is_not_the_shape_is_refused()
    {
        using var rows = new KernelMatrix<double>(2, 3);
        Assert.Throws<ShapeMismatchException>(() => new Samples(rows, SampleShape.Features(4)));
        Assert.Throws<ShapeMismatchException>(() => Samples.FromRows(new double[2, 0]));
    }

    private static string Zeros(TemporaryFolder folder, string shape)
    {
        byte[] header = System.Text.Encoding.Latin1.GetBytes($"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}");
        int count = shape.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(1, (product, extent) => product * int.Parse(extent, System.Globalization.CultureInfo.InvariantCulture));
        return folder.Write("x.npy", [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[count]]);
    }
}
