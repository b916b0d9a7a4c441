using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// The mean over each window: L(p, s) = (number of taps j with r(p, j) = s)/d(p), r as in <see cref="Conv"/>, d the window size, or with
/// <see cref="NormalizeEdges"/> the number of taps that hit a position.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record AveragePool : PoolLayer
{
    /// <summary>A mean over windows; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">The window has no axis, an extent or stride is below 1, or there is not one stride an axis.</exception>
    public AveragePool(ValueList<int> window, ValueList<int>? strides = null, Padding padding = Padding.Valid, bool normalizeEdges = false)
        : base(window, strides, padding) => NormalizeEdges = normalizeEdges;

    /// <summary>Whether windows that reach over an edge are divided by what lies inside; matters with <see cref="Padding.Same"/> only.</summary>
    public bool NormalizeEdges { get; init; }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
