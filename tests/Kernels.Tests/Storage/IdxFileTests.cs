using System.IO.Compression;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Storage;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plain_and_gzipped_files_are_read()
    {
        foreach (string path in new[] { _folder.Write("images-idx3-ubyte", Images), Zip("images-idx3-ubyte.gz", Images) })
        {
            NpyArray array = IdxFile.Open(path);
            Assert.Equal([2, 1, 3], array.Shape);
            Assert.Equal([1, 2, 3, 4, 5, 255], array.ToArray());
        }
    }

    [Fact]
    public void Wider_elements_are_big_endian()
    {
        Assert.Equal([258, -1], Read([0, 0, 0x0B, 1, 0, 0, 0, 2, 1, 2, 255, 255]));
        Assert.Equal([-2], Read([0, 0, 0x0C, 1, 0, 0, 0, 1, 255, 255, 255, 254]));
        Assert.Equal([1.5], Read([0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0xC0, 0, 0]));
        Assert.Equal([1.5], Read([0, 0, 0x0E, 1, 0, 0, 0, 1, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]));
        Assert.Equal([-1], Read([0, 0, 0x09, 1, 0, 0, 0, 1, 255]));
    }

    [Fact]
    public void Damaged_files_are_refused()
    {
        Assert.Contains("does not begin", Refusal([1, 0, 8, 1, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("does not begin", Refusal([0, 0, 7, 1, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("does not begin", Refusal([0, 0]), StringComparison.Ordinal);
        Assert.Contains("ends before", Refusal(Images[..9]), StringComparison.Ordinal);
        Assert.Contains("takes 6 bytes but 5 follow", Refusal(Images[..^1]), StringComparison.Ordinal);
        Assert.Contains("takes 6 bytes but 7 follow", Refusal([.. Images, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_gzip_files_are_refused()
    {
        byte[] zipped = File.ReadAllBytes(Zip("a.gz", Images));
        Assert.Throws<InvalidFileException>(() => IdxFile.Open(_folder.Write("b.gz", zipped[..^12])).ToArray());
        Assert.Throws<InvalidFileException>(() => IdxFile.Open(Zip("c.gz", [.. Images, 0])).ToArray());
        Assert.Throws<InvalidFileException>(() => IdxFile.Open(_folder.Write("d.gz", Images)));
        byte[] bomb = [0, 0, 8, 3, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 0, 9];
        var error = Assert.Throws<InvalidFileException>(() => IdxFile.Open(Zip("e.gz", bomb)));
        Assert.Contains("compressed ones", error.Received, StringComparison.Ordinal);
    }

    private double[] Read(byte[] bytes) => IdxFile.Open(_folder.Write("x.idx", bytes)).ToArray();

    private string Refusal(byte[] bytes) => Assert.Throws<InvalidFileException>(() => Read(bytes)).Received;

    private string Zip(string name, byte[] bytes)
    {
        using var stream = new GZipStream(File.Create(_folder[name]), CompressionLevel.Optimal);
        stream.Write(bytes);
        return _folder[name];
    }
}
