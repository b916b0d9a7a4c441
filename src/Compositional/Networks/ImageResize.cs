using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>Image resizing, axis by axis: K' = L K Lᵀ, Θ' = L Θ Lᵀ with the weights of <see cref="ResizeAxis"/>.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record ImageResize : Layer
{
    /// <summary>Resizes to the given extents; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">The shape has no axis or an extent below 1.</exception>
    public ImageResize(ValueList<int?> shape, ResizeMethod method = ResizeMethod.Linear, bool antialias = true)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        Method = method;
        Antialias = antialias;
    }

    /// <summary>The new extent of each axis of positions; null keeps an axis as it is.</summary>
    public ValueList<int?> Shape
    {
        get;
        init => field = value.Count > 0 && value.All(extent => extent is null or >= 1)
            ? value
            : throw new InvalidArgumentException(
                "Cannot make ImageResize", $"shape is [{string.Join(", ", value.Select(extent => extent?.ToString(null, null) ?? "null"))}]",
                "there is an extent of at least 1, or null to keep it, for each axis of positions", "Write ImageResize([16, 16])");
    }

    /// <summary>How values between positions are made.</summary>
    public ResizeMethod Method { get; init; }

    /// <summary>Whether the linear filter widens where the image shrinks.</summary>
    public bool Antialias { get; init; }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
