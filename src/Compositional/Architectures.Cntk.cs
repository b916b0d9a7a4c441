using static InfiniteNtk.Layers;

namespace InfiniteNtk;

public static partial class Architectures
{
    /// <summary>
    /// The convolutional network of Arora et al. (2019), whose tangent kernel they call CNTK: depth − 1 convolutions of 3×3 with ReLU, then a
    /// dense layer on the mean over positions (CNTK-GAP) or on the flattened positions (CNTK-V). Published depths are 3, 4, 6, 11 and 21.
    /// </summary>
    /// <param name="depth">Layers with weights, at least 2.</param>
    /// <param name="globalPooling">Whether the mean over positions is read (CNTK-GAP) or each position apart (CNTK-V).</param>
    /// <param name="trainEnds">Whether the first and the last layer are trained; the published figures freeze both (section 4.2).</param>
    /// <exception cref="InvalidArgumentException">The depth is below 2.</exception>
    public static Network Cntk(int depth, bool globalPooling = true, bool trainEnds = true)
    {
        if (depth < 2) throw NoSuchDepth("Cntk", depth, "it is at least 2: a convolution and a dense layer");
        Network layer = Conv(3, 3, weightStd: Sqrt2) >> Relu;
        Network convolutions = trainEnds
            ? Repeat(depth - 1, layer)
            : Conv(3, 3, weightStd: Sqrt2, trainable: false) >> Relu >> (depth == 2 ? Identity : Repeat(depth - 2, layer));
        return convolutions >> (globalPooling ? GlobalAveragePool : Flatten) >> Dense(trainable: trainEnds);
    }
}
