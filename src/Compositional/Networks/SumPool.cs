using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>The sum over each window: L(p, s) = number of taps j with r(p, j) = s, r as in <see cref="Conv"/>.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record SumPool : PoolLayer
{
    /// <summary>A sum over windows; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">The window has no axis, an extent or stride is below 1, or there is not one stride an axis.</exception>
    public SumPool(ValueList<int> window, ValueList<int>? strides = null, Padding padding = Padding.Valid) : base(window, strides, padding)
    {
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
