using System.Text;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Storage;

public class NpyFileTests
{
    [Theory]
    [InlineData("b1", NpyElementType.Boolean)]
    [InlineData("i1", NpyElementType.Int8)]
    [InlineData("u1", NpyElementType.UInt8)]
    [InlineData("i2", NpyElementType.Int16)]
    [InlineData("u2", NpyElementType.UInt16)]
    [InlineData("i4", NpyElementType.Int32)]
    [InlineData("u4", NpyElementType.UInt32)]
    [InlineData("i8", NpyElementType.Int64)]
    [InlineData("u8", NpyElementType.UInt64)]
    [InlineData("f2", NpyElementType.Float16)]
    [InlineData("f4", NpyElementType.Float32)]
    [InlineData("f8", NpyElementType.Float64)]
    internal void Every_number_type_is_read_in_both_byte_orders(string kind, NpyElementType type)
    {
        foreach (string name in new[] { kind, kind + "_big" }.Where(name => File.Exists(Fixture.Path(name + ".npy"))))
        {
            NpyArray array = NpyFile.Open(Fixture.Path(name + ".npy"));
            Assert.Equal(type, array.ElementType);
            Assert.Equal([3, 4], array.Shape);
            Assert.Equal(name, array.Name);
            Assert.Equal(kind[0] != 'f', array.IsInteger);
            Assert.Equal(Fixture.Values(kind[0], 12), array.ToArray());
        }
    }

    [Theory]
    [InlineData("fortran", 'f', 12)]
    [InlineData("fortran_four_axes_big", 'f', 120)]
    [InlineData("fortran_one_row", 'i', 6)]
    [InlineData("four_axes", 'u', 120)]
    [InlineData("vector", 'f', 5)]
    [InlineData("empty", 'f', 0)]
    [InlineData("version2", 'f', 12)]
    [InlineData("version3", 'f', 12)]
    public void Whatever_the_order_axes_and_version_the_numbers_come_in_C_order(string name, char kind, int count) =>
        Assert.Equal(Fixture.Values(kind, count), NpyFile.Open(Fixture.Path(name + ".npy")).ToArray());

    [Fact]
    public void A_matrix_has_a_row_for_each_index_of_the_first_axis()
    {
        Assert.Equal((2, 60), Size("fortran_four_axes_big"));
        Assert.Equal((5, 1), Size("vector"));
        Assert.Equal((1, 1), Size("number"));
        Assert.Equal((0, 5), Size("empty"));
    }

    [Fact]
    public void A_single_number_has_no_axes()
    {
        NpyArray number = NpyFile.Open(Fixture.Path("number.npy"));
        Assert.Empty(number.Shape);
        Assert.Equal([-0.5], number.ToArray());
    }

    [Fact]
    public void Special_numbers_keep_their_bits()
    {
        double[] expected = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 5e-324, double.MaxValue];
        double[] read = NpyFile.Open(Fixture.Path("special.npy")).ToArray();
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits).Skip(1), read.Select(BitConverter.DoubleToInt64Bits).Skip(1));
        Assert.True(double.IsNaN(read[0]));
    }

    [Fact]
    public void Integers_beyond_doubles_are_rounded() => Assert.Equal(
        [9007199254740992, -4611686018427387904, 9223372036854775808.0], NpyFile.Open(Fixture.Path("large_integers.npy")).ToArray());

    [Theory]
    [InlineData("text", "'<U3', text", "numpy.unique")]
    [InlineData("objects", "'|O', pickled Python objects", "runs code")]
    [InlineData("records", "structured records", "array['name']")]
    [InlineData("complex", "'<c16', complex numbers", "real part")]
    [InlineData("dates", "dates or durations", "float64")]
    public void Other_types_are_refused_with_what_to_do(string name, string received, string remedy)
    {
        var error = Assert.Throws<InvalidFileException>(() => NpyFile.Open(Fixture.Path(name + ".npy")));
        Assert.Contains(name + ".npy", error.Asked, StringComparison.Ordinal);
        Assert.Contains(received, error.Received, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 4), }", "an extent of '-1'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", "an extent of '99999999999999999999'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "its shape is (4294967296, 4294967296)")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4294967296, 4294967296), }", "its shape is")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }", "takes 8000000000000 bytes but 96 follow")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (11,), }", "takes 88 bytes but 96 follow")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (13,), }", "takes 104 bytes but 96 follow")]
    [InlineData("{'descr': '<f3', 'fortran_order': False, 'shape': (12,), }", "'<f3', elements of an unknown kind")]
    [InlineData("{'descr': '|f8', 'fortran_order': False, 'shape': (12,), }", "'|f8'")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (12,), }", "element type is ''")]
    [InlineData("{'descr': '<f8', 'fortran_order': 1, 'shape': (12,), }", "neither True nor False")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "is missing")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (12,)}", "'descr' is unknown or appears twice")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (12,), 'code': 'x'}", "'code' is unknown")]
    [InlineData("{'descr': '<f8' 'fortran_order': False, 'shape': (12,)}", "a comma is missing")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (12 12)}", "a comma is missing")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,)}", "comma is missing")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (x,)}", "whole numbers")]
    [InlineData("{'descr': [('a', '<f8'", "'descr' does not end")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (12,)} + exit()", "something follows")]
    [InlineData("__import__('os')", "'{' is missing")]
    [InlineData("", "'{' is missing")]
    public void Hostile_headers_are_refused(string header, string received)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("x.npy", Npy(header, new byte[96]));
        var error = Assert.Throws<InvalidFileException>(() => NpyFile.Open(path));
        Assert.Contains(received, error.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_as_Python_2_wrote_them_are_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("x.npy", Npy("{\"shape\": (2L, 6L),'descr': '>f8' , 'fortran_order':False}  \n", new byte[96]));
        Assert.Equal([2, 6], NpyFile.Open(path).Shape);
    }

    [Fact]
    public void A_header_that_claims_gigabytes_is_refused_unread()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F, .. "{'descr'"u8];
        var error = Assert.Throws<InvalidFileException>(() => NpyFile.Open(folder.Write("x.npy", bytes)));
        Assert.Contains("claims 2147483647 bytes", error.Received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "does not begin")]
    [InlineData(5, "does not begin")]
    [InlineData(9, "ends before")]
    [InlineData(60, "ends before")]
    [InlineData(223, "takes 96 bytes but 95 follow")]
    public void A_file_cut_anywhere_is_refused(int length, string received)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("x.npy", Fixture.Bytes("f8.npy")[..length]);
        Assert.Contains(received, Assert.Throws<InvalidFileException>(() => NpyFile.Open(path)).Received, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_versions_missing_files_and_folders_are_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = Fixture.Bytes("f8.npy");
        bytes[6] = 9;
        string path = folder.Write("x.npy", bytes);
        Assert.Contains("version is 9", Refusal(path), StringComparison.Ordinal);
        Assert.Contains("no such file", Refusal(folder["absent.npy"]), StringComparison.Ordinal);
        Assert.Contains("a folder", Refusal(folder.Path), StringComparison.Ordinal);

        static string Refusal(string path) => Assert.Throws<InvalidFileException>(() => NpyFile.Open(path)).Received;
    }

    [Fact]
    public void A_file_cut_or_replaced_after_it_was_opened_is_noticed()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("x.npy", Fixture.Bytes("f8.npy"));
        NpyArray array = NpyFile.Open(path);
        File.WriteAllBytes(path, Fixture.Bytes("f8.npy")[..200]);
        Assert.Throws<InvalidFileException>(() => array.ToArray());
        File.WriteAllBytes(path, Fixture.Bytes("f4.npy"));
        Assert.Throws<InvalidFileException>(() => array.ToArray());
    }

    [Fact]
    public void A_matrix_is_written_byte_for_byte_as_NumPy_writes_it()
    {
        using var folder = new TemporaryFolder();
        using KernelMatrix<double> matrix = NpyFile.Open(Fixture.Path("f8.npy")).ToMatrix<double>();
        using KernelMatrix<float> single = NpyFile.Open(Fixture.Path("f4.npy")).ToMatrix<float>();
        NpyFile.Write(folder["x.npy"], matrix);
        NpyFile.Write(folder["y.npy"], single);
        Assert.Equal(Fixture.Bytes("f8.npy"), File.ReadAllBytes(folder["x.npy"]));
        Assert.Equal(Fixture.Bytes("f4.npy"), File.ReadAllBytes(folder["y.npy"]));
    }

    [Fact]
    public void Vectors_and_texts_are_written_as_NumPy_writes_them()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(OutputFile.Prepare(folder["v.npy"]), NpyContent.From(Fixture.Values('f', 5)));
        Assert.Equal(Fixture.Bytes("vector.npy"), File.ReadAllBytes(folder["v.npy"]));
        NpyFile.Write(OutputFile.Prepare(folder["i.npy"]), NpyContent.From(new[] { 3, -1 }));
        Assert.Equal([3, -1], NpyFile.Open(folder["i.npy"]).ToArray());
        NpyFile.Write(OutputFile.Prepare(folder["t.npy"]), NpyContent.Text("Θ𝕏"));
        byte[] text = File.ReadAllBytes(folder["t.npy"]);
        Assert.Contains("'<U2', 'fortran_order': False, 'shape': (), }", Encoding.Latin1.GetString(text), StringComparison.Ordinal);
        Assert.Equal("Θ𝕏", Encoding.UTF32.GetString(text.AsSpan(text.Length - 8)));
    }

    [Fact]
    public void A_large_matrix_survives_the_round_trip_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        using var matrix = new KernelMatrix<double>(701, 503);
        var random = new Random(1);
        for (int i = 0; i < 701; i++)
        {
            foreach (ref double value in matrix.View.Row(i)) value = random.NextDouble() - 0.5;
        }

        NpyFile.Write(folder["x.npy"], matrix);
        Assert.Equal(matrix.View.ToArray(), NpyFile.Open(folder["x.npy"]).ToArray());
    }

    private static (nint Rows, nint Columns) Size(string name)
    {
        using KernelMatrix<float> matrix = NpyFile.Open(Fixture.Path(name + ".npy")).ToMatrix<float>();
        return (matrix.Rows, matrix.Columns);
    }

    private static byte[] Npy(string header, byte[] data) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.Latin1.GetBytes(header), .. data];
}
