using static InfiniteNtk.Layers;

namespace InfiniteNtk;

public static partial class Architectures
{
    /// <summary>
    /// LeNet-5 (LeCun et al. 1998) with ReLU: 5×5 convolution to 6 channels (same padding, for images of 28×28), 2×2 average pooling, 5×5
    /// convolution to 16 channels (valid padding), 2×2 average pooling, then dense layers of 120 and 84 units and an output. Images have at least
    /// 12×12 positions. Finite networks depend on the widths, kernels do not.
    /// </summary>
    /// <param name="weightStd">σw of every layer behind a ReLU; the first has 1.</param>
    /// <param name="biasStd">σb of every layer.</param>
    public static Network LeNet(double weightStd = Sqrt2, double biasStd = 0) =>
        Conv(5, 5, biasStd: biasStd, width: 6) >> Relu >> AveragePool(2, 2)
        >> Conv(5, 5, padding: Valid, weightStd: weightStd, biasStd: biasStd, width: 16) >> Relu >> AveragePool(2, 2)
        >> Flatten >> Dense(weightStd, biasStd, width: 120) >> Relu >> Dense(weightStd, biasStd, width: 84) >> Relu >> Dense(weightStd, biasStd);
}
