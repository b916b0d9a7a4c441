using System.Buffers.Binary;
using System.IO.Compression;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Storage;

public class NpzFileTests
{
    [Fact]
    public void Stored_and_deflated_archives_are_read()
    {
        NpzFile stored = NpzFile.Open(Fixture.Path("stored.npz"));
        Assert.Equal(["x", "y", "names"], stored.Names);
        Assert.Equal(Fixture.Values('f', 12), stored.Read("x").ToArray());
        Assert.Equal([0, 1, 1], stored.Read("y").ToArray());
        NpzFile deflated = NpzFile.Open(Fixture.Path("deflated.npz"));
        Assert.Equal(Fixture.Values('f', 1200), deflated.Read("x").ToArray());
        Assert.Equal(Fixture.Values('u', 12), deflated.Read("y").ToArray());
    }

    [Fact]
    public void An_unreadable_array_does_not_hide_the_others()
    {
        var error = Assert.Throws<InvalidFileException>(() => NpzFile.Open(Fixture.Path("stored.npz")).Read("names"));
        Assert.Contains("array 'names' in '", error.Asked, StringComparison.Ordinal);
        Assert.Contains("text", error.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_by_those_that_are()
    {
        var error = Assert.Throws<InvalidFileException>(() => NpzFile.Open(Fixture.Path("stored.npz")).Read("x_train"));
        Assert.Contains("x, y, names", error.Required, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again_and_equal_content_gives_equal_bytes()
    {
        using var folder = new TemporaryFolder();
        using var nngp = KernelMatrix<float>.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        using var ntk = KernelMatrix<double>.From(new double[,] { { 0.1 } });
        foreach (string name in new[] { "a.npz", "b.npz" })
        {
            NpzFile.Write(
                OutputFile.Prepare(folder[name]), ("nngp", NpyContent.From(nngp)), ("ntk", NpyContent.From(ntk)), ("net", NpyContent.Text("Dense()")));
        }

        NpzFile file = NpzFile.Open(folder["a.npz"]);
        Assert.Equal(["nngp", "ntk", "net"], file.Names);
        Assert.Equal(NpyElementType.Float32, file.Read("nngp").ElementType);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Read("nngp").ToArray());
        Assert.Equal([0.1], file.Read("ntk").ToArray());
        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
    }

    [Fact]
    public void A_flipped_bit_is_noticed()
    {
        using var folder = new TemporaryFolder();
        using var matrix = KernelMatrix<double>.From(new double[,] { { 1234.5, 2 } });
        NpzFile.Write(OutputFile.Prepare(folder["a.npz"]), ("x", NpyContent.From(matrix)));
        byte[] bytes = File.ReadAllBytes(folder["a.npz"]);
        bytes[bytes.AsSpan().IndexOf(BitConverter.GetBytes(1234.5))] ^= 1;
        string path = folder.Write("a.npz", bytes);
        var error = Assert.Throws<InvalidFileException>(() => NpzFile.Open(path).Read("x").ToArray());
        Assert.Contains("checksum", error.Received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x,y\n1,2\n")]
    public void What_is_not_a_zip_archive_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InvalidFileException>(() => NpzFile.Open(folder.Write("a.npz", text)));
        Assert.Contains("a.npz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = Fixture.Bytes("stored.npz");
        foreach (int length in new[] { 10, 300, bytes.Length - 30, bytes.Length - 1 })
        {
            Assert.Throws<InvalidFileException>(() => NpzFile.Open(folder.Write("a.npz", bytes[..length])));
        }
    }

    [Fact]
    public void Members_that_are_not_arrays_are_not_listed_and_an_empty_archive_has_no_names()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive zip = ZipFile.Open(folder["a.npz"], ZipArchiveMode.Create))
        {
            using Stream stream = zip.CreateEntry("readme.txt").Open();
            stream.Write("hello"u8);
        }

        NpzFile file = NpzFile.Open(folder["a.npz"]);
        Assert.Empty(file.Names);
        var error = Assert.Throws<InvalidFileException>(() => file.Read("x"));
        Assert.Contains("none at all", error.Required, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_arrays_of_one_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive zip = ZipFile.Open(folder["a.npz"], ZipArchiveMode.Create))
        {
            for (int i = 0; i < 2; i++)
            {
                using Stream stream = zip.CreateEntry("x.npy").Open();
                stream.Write(Fixture.Bytes("f8.npy"));
            }
        }

        Assert.Contains(
            "2 arrays named 'x'", Assert.Throws<InvalidFileException>(() => NpzFile.Open(folder["a.npz"])).Received, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_longer_than_its_shape_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive zip = ZipFile.Open(folder["a.npz"], ZipArchiveMode.Create))
        {
            using Stream stream = zip.CreateEntry("x.npy").Open();
            stream.Write(Fixture.Bytes("f8.npy"));
            stream.Write(new byte[1000]);
        }

        var error = Assert.Throws<InvalidFileException>(() => NpzFile.Open(folder["a.npz"]).Read("x"));
        Assert.Contains("takes 96 bytes but 1096 follow", error.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_that_declares_more_than_its_bytes_can_hold_is_refused_before_anything_is_reserved()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive zip = ZipFile.Open(folder["a.npz"], ZipArchiveMode.Create))
        {
            using Stream stream = zip.CreateEntry("x.npy", CompressionLevel.Optimal).Open();
            stream.Write(Fixture.Bytes("f8.npy"));
        }

        // The declared size stands 24 bytes into the record of the central directory.
        byte[] bytes = File.ReadAllBytes(folder["a.npz"]);
        int directory = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + 24), 4_000_000_000);
        string path = folder.Write("a.npz", bytes);
        var error = Assert.Throws<InvalidFileException>(() => NpzFile.Open(path).Read("x"));
        Assert.Contains("claims 4000000000 bytes from", error.Received, StringComparison.Ordinal);
    }
}
