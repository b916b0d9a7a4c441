using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>A sum or mean over a window that slides over the positions: K' = L K Lᵀ, Θ' = L Θ Lᵀ with L(p, s) the weight of s in the window of p.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal abstract record PoolLayer : Layer
{
    private protected PoolLayer(ValueList<int> window, ValueList<int>? strides, Padding padding)
    {
        ArgumentNullException.ThrowIfNull(window);
        Window = WindowArguments.Extents(this, "window", window);
        Strides = WindowArguments.Strides(this, strides ?? window, window);
        Padding = padding;
    }

    /// <summary>The window's extent along each axis of positions, at least one axis.</summary>
    public ValueList<int> Window { get; }

    /// <summary>Steps along each axis; default the window, so that windows tile.</summary>
    public ValueList<int> Strides { get; }

    /// <summary>What the window meets at the edges.</summary>
    public Padding Padding { get; init; }
}
