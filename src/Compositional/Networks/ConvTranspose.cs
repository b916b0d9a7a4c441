using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// A transposed convolution, the adjoint geometry: input o writes to outputs p = o·t + j − lo.
/// A[M](p, p') = (1/|k|) Σ_j Σ_{o, o'} [p = o·t + j − lo][p' = o'·t + j − lo] M(o, o'). Of n positions <see cref="Padding.Same"/> and
/// <see cref="Padding.Circular"/> make n·t, lo = ⌊max(k − t, 0)/2⌋, <see cref="Padding.Valid"/> makes n·t + max(k − t, 0), lo = 0. The division is
/// by |k| although each output is hit by fewer taps; one that is hit by none gets σb² alone.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record ConvTranspose : FilterLayer
{
    /// <summary>A transposed convolution; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">
    /// The filter has no axis, an extent or stride is below 1, there is not one stride an axis, a standard deviation or the learning rate
    /// is negative or not finite, or the width is below 1.
    /// </exception>
    public ConvTranspose(
        ValueList<int> filter, ValueList<int>? strides = null, Padding padding = Padding.Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Parameterization.Ntk, int? width = null, bool trainable = true, double learningRate = 1)
        : base(filter, strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransposed => true;

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
