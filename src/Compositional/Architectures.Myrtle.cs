using static InfiniteNtk.Layers;

namespace InfiniteNtk;

public static partial class Architectures
{
    /// <summary>
    /// A Myrtle network (Shankar et al. 2020): three stages of 3×3 convolutions with ReLU, separated by 2×2 average pooling, then the mean over
    /// all positions and a dense layer. On images of 32×32 the mean is the published three poolings in a row.
    /// </summary>
    /// <param name="depth">5 (convolutions per stage 2, 1, 1), 7 (2, 2, 2) or 10 (3, 3, 3).</param>
    /// <param name="weightStd">σw of every layer.</param>
    /// <param name="biasStd">σb of every layer.</param>
    /// <exception cref="InvalidArgumentException">There is no Myrtle network of that depth.</exception>
    public static Network Myrtle(int depth, double weightStd = Sqrt2, double biasStd = 0)
    {
        int[] convolutions = depth switch
        {
            5 => [2, 1, 1],
            7 => [2, 2, 2],
            10 => [3, 3, 3],
            _ => throw NoSuchDepth("Myrtle", depth, "it is 5, 7 or 10"),
        };
        Network pool = AveragePool(2, 2);
        return Stage(convolutions[0]) >> pool >> Stage(convolutions[1]) >> pool >> Stage(convolutions[2])
            >> GlobalAveragePool >> Dense(weightStd, biasStd);

        Network Stage(int count)
        {
            Network layer = Conv(3, 3, weightStd: weightStd, biasStd: biasStd) >> Relu;
            return count == 1 ? layer : Repeat(count, layer);
        }
    }
}
