using static InfiniteNtk.Layers;

namespace InfiniteNtk;

public static partial class Architectures
{
    /// <summary>
    /// A wide residual network (Zagoruyko and Komodakis 2016) as its kernels are computed (Lee et al. 2019): a 3×3 convolution, three groups of
    /// n blocks with two convolutions behind ReLU each, the second and third group at half the resolution of the one before, then the mean
    /// over all positions and a dense layer. The first block of a group has a 3×3 convolution as its shortcut. No batch normalisation.
    /// </summary>
    /// <param name="depth">6n + 4 for n ≥ 1 blocks a group: 10, 16, 22, 28, …</param>
    /// <param name="width">k, the widening: the groups have 16k, 32k and 64k channels. Finite networks depend on it, kernels do not.</param>
    /// <param name="weightStd">σw of convolutions behind a ReLU; the others, which read a signal that no ReLU has halved, have 1.</param>
    /// <param name="biasStd">σb of every convolution.</param>
    /// <exception cref="InvalidArgumentException">The depth is not 6n + 4, or the width is not between 1 and 1,000,000.</exception>
    public static Network WideResNet(int depth = 28, int width = 10, double weightStd = Sqrt2, double biasStd = 0)
    {
        if (depth < 10 || (depth - 4) % 6 != 0) throw NoSuchDepth("WideResNet", depth, "it is 6n + 4 for n blocks a group: 10, 16, 22, 28 and so on");
        if (width is < 1 or > 1_000_000)
        {
            throw new InvalidArgumentException("Cannot make WideResNet", $"width is {width}", "the widening lies between 1 and 1000000", "Write WideResNet(28, 10)");
        }

        int blocks = (depth - 4) / 6;
        return Conv(3, 3, biasStd: biasStd, width: 16) >> Group(16 * width, 1) >> Group(32 * width, 2) >> Group(64 * width, 2)
            >> GlobalAveragePool >> Dense();

        Network Group(int channels, int stride)
        {
            Network first = Main(channels, stride) + Conv(3, 3, [stride, stride], biasStd: biasStd, width: channels);
            return blocks == 1 ? first : first >> Repeat(blocks - 1, Main(channels, 1) + Identity);
        }

        Network Main(int channels, int stride) => Relu >> Behind(channels, stride) >> Relu >> Behind(channels, 1);

        Network Behind(int channels, int stride) => Conv(3, 3, [stride, stride], weightStd: weightStd, biasStd: biasStd, width: channels);
    }
}
