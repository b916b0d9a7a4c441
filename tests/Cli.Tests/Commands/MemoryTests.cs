using System.Buffers.Binary;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>Requests that no machine holds are answered from the number of samples: what they need, and what would fit.</summary>
public sealed class MemoryTests : IDisposable
{
    private const string Net = "Conv(3, 3) >> Relu >> GlobalAveragePool >> Dense";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The first of 4,000,000 images is not finite, which nobody gets to see: their kernels would be 233 TiB.</summary>
    [Fact]
    public void A_kernel_that_does_not_fit_is_refused_before_its_samples_are_read()
    {
        WriteImages("large.npy", 4_000_000);
        Outcome refused = Run("kernel", "--net", Net, "--x1", _folder["large.npy"], "--out", _folder["k.npz"]);
        Assert.Equal((1, ""), (refused.Code, refused.Out));
        Assert.Contains("4000000 samples: it needs 232.8 TiB", refused.Error, StringComparison.Ordinal);
        Assert.Contains("results 232.8 TiB", refused.Error, StringComparison.Ordinal);
        Assert.Matches("where [0-9]+ samples would fit", refused.Error);
        Assert.Contains("--dtype f32", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["k.npz"]));

        // Where the same images fit they are read.
        WriteImages("small.npy", 2);
        Outcome read = Run("kernel", "--net", Net, "--x1", _folder["small.npy"], "--out", _folder["k.npz"]);
        Assert.Equal(2, read.Code);
        Assert.Contains("NaN", read.Error, StringComparison.Ordinal);
    }

    /// <summary>An archive of some hundred kilobytes whose samples fit the free memory, but not with the copies that are made of them.</summary>
    [Theory]
    [InlineData("predict", "--train", "10")]
    [InlineData("compare", "--n", "10")]
    public void Data_that_would_not_fit_are_refused_by_their_headers(string command, string option, string value)
    {
        long count = MemoryBudget.Available / sizeof(double) / 2 / 1000;
        if (count > int.MaxValue) return; // No machine of today.
        using (FileStream file = File.Create(_folder["x.npy"]))
        {
            file.Write(NpyBytes.Header("|u1", (int)count, 1000));
            file.SetLength(NpyBytes.HeaderLength + count * 1000); // Takes no space on the disk.
        }

        using (FileStream file = File.Create(_folder["y.npy"]))
        {
            file.Write(NpyBytes.Header("|u1", (int)count));
            file.SetLength(NpyBytes.HeaderLength + count);
        }

        Outcome refused = Run(command, _folder["x.npy"], "--net", "Dense", option, value);
        Assert.Equal((1, ""), (refused.Code, refused.Out));
        Assert.Contains("x.npy': it needs", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_says_what_the_kernels_of_many_samples_take_and_what_would_fit()
    {
        Outcome large = Run("explain", "--net", Net, "--shape", "32,32,3", "--samples", "2000000");
        Assert.Equal(0, large.Code);
        Assert.Contains("2,000,000 samples with themselves, 2,000,001,000,000 pairs", large.Out, StringComparison.Ordinal);
        Assert.Matches("f64  58\\.2 TiB: results 58\\.2 TiB, samples .* where [0-9,]+ samples would fit", large.Out);
        Assert.Matches("f32  29\\.1 TiB: results 29\\.1 TiB, samples .* where [0-9,]+ samples would fit", large.Out);
        Outcome small = Run("explain", "--net", Net, "--shape", "8,8,3", "--samples", "1");
        Assert.Equal(2, small.Out.Split('\n').Count(line => line.EndsWith("it fits", StringComparison.Ordinal)));
        Assert.DoesNotContain("Memory", Run("explain", "--net", Net, "--shape", "8,8,3").Out, StringComparison.Ordinal);
        Assert.Equal(2, Run("explain", "--net", Net, "--shape", "8,8,3", "--samples", "0").Code);
    }

    /// <summary>An array of 4 × 4 images in float32, NaN and then nothing, which takes no space on the disk.</summary>
    private void WriteImages(string name, int count)
    {
        using FileStream file = File.Create(_folder[name]);
        file.Write(NpyBytes.Header("<f4", count, 4, 4, 1));
        byte[] first = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(first, float.NaN);
        file.Write(first);
        file.SetLength(NpyBytes.HeaderLength + 64L * count);
    }
}
