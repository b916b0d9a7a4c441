using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// A convolution over any number of axes: A[M](p, p') = (1/|k|) Σ_j M(r(p, j), r(p', j)) over all taps j, r(p, j) = p·t + j − lo the position
/// that tap j of output p reads; taps outside contribute 0, |k| is always the whole filter. K' = σw²A[K] + σb² at every pair of positions (the
/// bias is shared), Θ' as <see cref="ParametricLayer"/> says.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Conv : FilterLayer
{
    /// <summary>A convolution; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">
    /// The filter has no axis, an extent or stride is below 1, there is not one stride an axis, a standard deviation or the learning rate
    /// is negative or not finite, or the width is below 1.
    /// </exception>
    public Conv(
        ValueList<int> filter, ValueList<int>? strides = null, Padding padding = Padding.Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Parameterization.Ntk, int? width = null, bool trainable = true, double learningRate = 1)
        : base(filter, strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate)
    {
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
