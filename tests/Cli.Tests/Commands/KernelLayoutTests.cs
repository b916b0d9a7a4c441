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

    /// <summary>Rank 3 is images or sequences; a filter of one axis leaves sequences only, one of two axes images, and none says nothing.</summary>
    [Fact]
    public void Filters_say_what_the_axes_are()
    {
        var random = new Random(3);
        File.WriteAllBytes(_folder["s.npy"], NpyBytes.Of([.. Enumerable.Range(0, 3 * 5 * 4).Select(_ => random.NextDouble() - 0.5)], 3, 5, 4));
        string[] x = ["--x1", _folder["s.npy"]];
        const string Sequences = "Conv(3) >> Relu >> Flatten >> Dense", Images = "Conv(3, 3) >> Relu >> Flatten >> Dense", Either = "Dense >> Relu >> GlobalAveragePool >> Dense";
        Assert.Equal(KernelOf(Sequences, [.. x, "--layout", "ntc"]), KernelOf(Sequences, x));
        Assert.Equal(KernelOf(Images, [.. x, "--layout", "nhw"]), KernelOf(Images, x));
        Assert.Equal(KernelOf(Either, [.. x, "--layout", "nhw"]), KernelOf(Either, x));
        Assert.NotEqual(KernelOf(Either, [.. x, "--layout", "ntc"]), KernelOf(Either, x));
        Outcome asked = Run(["kernel", "--net", Sequences, "--out", _folder["k.npz"], .. x, "--layout", "nhw"]);
        Assert.True(asked.Code != 0);
        Assert.Contains("Conv", asked.Error, StringComparison.Ordinal);
        Outcome verified = Run(["verify", "--net", "Conv(3) >> Flatten >> Dense", .. x, "--widths", "4,8", "--seeds", "4", "--json"]);
        Assert.DoesNotContain("--layout", verified.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Cannot", verified.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_sets_are_read_as_all_networks_take_them()
    {
        var random = new Random(4);
        const int Count = 24;
        File.WriteAllBytes(_folder["x.npy"], NpyBytes.Of([.. Enumerable.Range(0, Count * 5 * 4).Select(_ => random.NextDouble() - 0.5)], Count, 5, 4));
        File.WriteAllBytes(_folder["y.npy"], NpyBytes.Of([.. Enumerable.Range(0, Count).Select(_ => random.NextDouble())], Count, 1));
        File.WriteAllBytes(_folder["t.npy"], NpyBytes.Of([.. Enumerable.Range(0, 2 * 5 * 4).Select(_ => random.NextDouble() - 0.5)], 2, 5, 4));
        string[] data = [_folder["x.npy"], "--labels", _folder["y.npy"]];
        const string Sequences = "Conv(3) >> Relu >> Flatten >> Dense", Images = "Conv(3, 3) >> Relu >> Flatten >> Dense";
        Outcome predicted = Run(["predict", .. data, "--net", Sequences, "--test", _folder["t.npy"], "--ridge", "0.1rel"]);
        Assert.True(predicted.Code == 0, predicted.Error);
        string[] compare = ["compare", .. data, "--n", "8", "--subsets", "20"];
        Outcome compared = Run([.. compare, "--net", Sequences, "--net", "Flatten >> Dense >> Relu >> Dense"]);
        Assert.True(compared.Code == 0, compared.Error);
        Assert.Contains("5 positions", compared.Out, StringComparison.Ordinal);
        Assert.True(Run([.. compare, "--net", Sequences, "--net", Images]).Code != 0);
    }

    private double[] Kernel(params string[] words) => KernelOf("Conv(2, 3) >> Relu >> Flatten >> Dense", words);

    private double[] KernelOf(string network, string[] words)
    {
        Outcome done = Run(["kernel", "--net", network, "--get", "ntk", "--out", _folder["k.npy"], .. words]);
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
