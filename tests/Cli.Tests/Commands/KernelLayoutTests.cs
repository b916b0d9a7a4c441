using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary><c>intk kernel --layout</c>: the axes of an array mean what was said, for rows and columns.</summary>
public sealed class KernelLayoutTests : IDisposable
{
    private const int Channels = 2, Height = 3, Width = 4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Channels_that_come_first_give_the_kernel_of_channels_that_come_last()
    {
        Write("first1.npy", 3, channelsFirst: true, seed: 1);
        Write("last1.npy", 3, channelsFirst: false, seed: 1);
        Write("first2.npy", 2, channelsFirst: true, seed: 2);
        Write("last2.npy", 2, channelsFirst: false, seed: 2);
        double[] expected = Kernel("--x1", _folder["last1.npy"], "--x2", _folder["last2.npy"]);
        Assert.Equal(6, expected.Distinct().Count());
        Assert.Equal(expected, Kernel("--x1", _folder["last1.npy"], "--x2", _folder["last2.npy"], "--layout", "nhwc"));
        Assert.Equal(expected, Kernel("--x1", _folder["first1.npy"], "--x2", _folder["first2.npy"], "--layout", "nchw"));
        Assert.NotEqual(expected, Kernel("--x1", _folder["first1.npy"], "--x2", _folder["first2.npy"]));
    }

    private double[] Kernel(params string[] words)
    {
        Outcome done = Run(["kernel", "--net", "Conv(2, 3) >> Relu >> Flatten >> Dense", "--get", "ntk", "--out", _folder["k.npy"], .. words]);
        Assert.True(done.Code == 0, done.Error);
        return NpyFile.Open(_folder["k.npy"]).ToArray();
    }

    private void Write(string name, int count, bool channelsFirst, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[count * Channels * Height * Width];
        for (int n = 0; n < count; n++)
        {
            for (int c = 0; c < Channels; c++)
            {
                for (int p = 0; p < Height * Width; p++)
                {
                    int at = channelsFirst ? (n * Channels + c) * Height * Width + p : (n * Height * Width + p) * Channels + c;
                    values[at] = random.NextDouble() - 0.5;
                }
            }
        }

        int[] shape = channelsFirst ? [count, Channels, Height, Width] : [count, Height, Width, Channels];
        File.WriteAllBytes(_folder[name], NpyBytes.Of(values, shape));
    }
}
