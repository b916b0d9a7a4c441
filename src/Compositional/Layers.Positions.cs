using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk;

/// <remarks>The words for pooling, resizing and choosing positions.</remarks>
public static partial class Layers
{
    /// <summary>For <see cref="ImageResize"/>: a triangle over the neighbouring positions.</summary>
    public const ResizeMethod Linear = ResizeMethod.Linear;

    /// <summary>For <see cref="ImageResize"/>: the nearest position.</summary>
    public const ResizeMethod Nearest = ResizeMethod.Nearest;

    /// <inheritdoc cref="Compositional.Networks.GlobalAveragePool"/>
    public static Network GlobalAveragePool { get; } = new GlobalAveragePool();

    /// <inheritdoc cref="Compositional.Networks.GlobalSumPool"/>
    public static Network GlobalSumPool { get; } = new GlobalSumPool();

    /// <inheritdoc cref="Compositional.Networks.AveragePool"/>
    /// <param name="window">Extent along each axis of positions.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    /// <param name="normalizeEdges">Whether windows over an edge are divided by what lies inside.</param>
    public static Network AveragePool(
        ValueList<int> window, ValueList<int>? strides = null, Padding padding = Valid, bool normalizeEdges = false) =>
        new AveragePool(window, strides, padding, normalizeEdges);

    /// <inheritdoc cref="Compositional.Networks.AveragePool"/>
    /// <param name="length">Extent along axis 0.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    /// <param name="normalizeEdges">Whether windows over an edge are divided by what lies inside.</param>
    public static Network AveragePool(
        int length, ValueList<int>? strides = null, Padding padding = Valid, bool normalizeEdges = false) =>
        AveragePool([length], strides, padding, normalizeEdges);

    /// <inheritdoc cref="Compositional.Networks.AveragePool"/>
    /// <param name="height">Extent along axis 0.</param>
    /// <param name="breadth">Extent along axis 1.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    /// <param name="normalizeEdges">Whether windows over an edge are divided by what lies inside.</param>
    public static Network AveragePool(
        int height, int breadth, ValueList<int>? strides = null, Padding padding = Valid, bool normalizeEdges = false) =>
        AveragePool([height, breadth], strides, padding, normalizeEdges);

    /// <inheritdoc cref="Compositional.Networks.AveragePool"/>
    /// <param name="depth">Extent along axis 0.</param>
    /// <param name="height">Extent along axis 1.</param>
    /// <param name="breadth">Extent along axis 2.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    /// <param name="normalizeEdges">Whether windows over an edge are divided by what lies inside.</param>
    public static Network AveragePool(
        int depth, int height, int breadth, ValueList<int>? strides = null, Padding padding = Valid, bool normalizeEdges = false) =>
        AveragePool([depth, height, breadth], strides, padding, normalizeEdges);

    /// <inheritdoc cref="Compositional.Networks.SumPool"/>
    /// <param name="window">Extent along each axis of positions.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    public static Network SumPool(
        ValueList<int> window, ValueList<int>? strides = null, Padding padding = Valid) =>
        new SumPool(window, strides, padding);

    /// <inheritdoc cref="Compositional.Networks.SumPool"/>
    /// <param name="length">Extent along axis 0.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    public static Network SumPool(
        int length, ValueList<int>? strides = null, Padding padding = Valid) =>
        SumPool([length], strides, padding);

    /// <inheritdoc cref="Compositional.Networks.SumPool"/>
    /// <param name="height">Extent along axis 0.</param>
    /// <param name="breadth">Extent along axis 1.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    public static Network SumPool(
        int height, int breadth, ValueList<int>? strides = null, Padding padding = Valid) =>
        SumPool([height, breadth], strides, padding);

    /// <inheritdoc cref="Compositional.Networks.SumPool"/>
    /// <param name="depth">Extent along axis 0.</param>
    /// <param name="height">Extent along axis 1.</param>
    /// <param name="breadth">Extent along axis 2.</param>
    /// <param name="strides">Steps along each axis; omitted: the window.</param>
    /// <param name="padding">What the window meets at the edges.</param>
    public static Network SumPool(
        int depth, int height, int breadth, ValueList<int>? strides = null, Padding padding = Valid) =>
        SumPool([depth, height, breadth], strides, padding);

    /// <inheritdoc cref="Compositional.Networks.ImageResize"/>
    /// <param name="shape">The new extent of each axis of positions; null keeps an axis.</param>
    /// <param name="method"><see cref="Linear"/> or <see cref="Nearest"/>.</param>
    /// <param name="antialias">Whether the linear filter widens where the image shrinks.</param>
    public static Network ImageResize(ValueList<int?> shape, ResizeMethod method = Linear, bool antialias = true) =>
        new ImageResize(shape, method, antialias);

    /// <inheritdoc cref="Compositional.Networks.Index"/>
    /// <param name="slices">For each axis "a:b:c" as in Python, or one number, which removes the axis.</param>
    public static Network Index(params ReadOnlySpan<string> slices)
    {
        var parsed = new PositionSlice[slices.Length];
        for (int i = 0; i < parsed.Length; i++) parsed[i] = PositionSlice.Parse(slices[i]);
        return new Compositional.Networks.Index([.. parsed]);
    }
}
