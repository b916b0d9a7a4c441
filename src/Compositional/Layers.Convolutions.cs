using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk;

/// <remarks>The words for convolutions: extents one by one for up to three axes, or as a list.</remarks>
public static partial class Layers
{
    /// <summary>Words with one number an axis take up to this many; more axes are written as a list.</summary>
    internal const int MostExtents = 3;

    /// <summary>For filters and windows: zeros outside.</summary>
    public const Padding Same = Padding.Same;

    /// <summary>For filters and windows: inside only.</summary>
    public const Padding Valid = Padding.Valid;

    /// <summary>For filters and windows: each axis is a ring.</summary>
    public const Padding Circular = Padding.Circular;

    /// <inheritdoc cref="Compositional.Networks.Conv"/>
    /// <param name="filter">Taps along each axis of positions.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network Conv(
        ValueList<int> filter, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        new Conv(filter, strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.Conv"/>
    /// <param name="length">Taps along axis 0.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network Conv(
        int length, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        Conv([length], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.Conv"/>
    /// <param name="height">Taps along axis 0.</param>
    /// <param name="breadth">Taps along axis 1.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network Conv(
        int height, int breadth, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        Conv([height, breadth], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.Conv"/>
    /// <param name="depth">Taps along axis 0.</param>
    /// <param name="height">Taps along axis 1.</param>
    /// <param name="breadth">Taps along axis 2.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network Conv(
        int depth, int height, int breadth, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        Conv([depth, height, breadth], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvLocal"/>
    /// <param name="filter">Taps along each axis of positions.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvLocal(
        ValueList<int> filter, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        new ConvLocal(filter, strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvLocal"/>
    /// <param name="length">Taps along axis 0.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvLocal(
        int length, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        ConvLocal([length], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvLocal"/>
    /// <param name="height">Taps along axis 0.</param>
    /// <param name="breadth">Taps along axis 1.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvLocal(
        int height, int breadth, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        ConvLocal([height, breadth], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvLocal"/>
    /// <param name="depth">Taps along axis 0.</param>
    /// <param name="height">Taps along axis 1.</param>
    /// <param name="breadth">Taps along axis 2.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvLocal(
        int depth, int height, int breadth, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        ConvLocal([depth, height, breadth], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvTranspose"/>
    /// <param name="filter">Taps along each axis of positions.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvTranspose(
        ValueList<int> filter, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        new ConvTranspose(filter, strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvTranspose"/>
    /// <param name="length">Taps along axis 0.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvTranspose(
        int length, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        ConvTranspose([length], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvTranspose"/>
    /// <param name="height">Taps along axis 0.</param>
    /// <param name="breadth">Taps along axis 1.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvTranspose(
        int height, int breadth, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        ConvTranspose([height, breadth], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.ConvTranspose"/>
    /// <param name="depth">Taps along axis 0.</param>
    /// <param name="height">Taps along axis 1.</param>
    /// <param name="breadth">Taps along axis 2.</param>
    /// <param name="strides">Steps along each axis; omitted: 1.</param>
    /// <param name="padding">What the filter meets at the edges.</param>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network ConvTranspose(
        int depth, int height, int breadth, ValueList<int>? strides = null, Padding padding = Same, double weightStd = 1, double biasStd = 0,
        Parameterization parameterization = Ntk, int? width = null, bool trainable = true, double learningRate = 1) =>
        ConvTranspose([depth, height, breadth], strides, padding, weightStd, biasStd, parameterization, width, trainable, learningRate);
}
