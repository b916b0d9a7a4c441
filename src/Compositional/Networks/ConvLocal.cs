using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// A locally connected layer: the geometry of <see cref="Conv"/>, but weights and biases of each position are its own. K' and Θ' are those of
/// the convolution where p = p', and 0 between different positions.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record ConvLocal : FilterLayer
{
    /// <summary>A locally connected layer; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">
    /// The filter has no axis, an extent or stride is below 1, there is not one stride an axis, a standard deviation or the learning rate
    /// is negative or not finite, or the width is below 1.
    /// </exception>
    public ConvLocal(
        ValueList<int> filter, ValueList<int>? strides = null, Padding padding = Padding.Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Parameterization.Ntk, int? width = null, bool trainable = true, double learningRate = 1)
        : base(filter, strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate)
    {
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
