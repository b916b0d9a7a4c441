using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>A layer whose weights are filters that slide over the positions, one extent an axis.</summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal abstract record FilterLayer : ParametricLayer
{
    private protected FilterLayer(
        ValueList<int> filter, ValueList<int>? strides, Padding padding, double weightStd, double biasStd,
        Parameterization parameterization, int? width, bool trainable, double learningRate)
        : base(weightStd, biasStd, parameterization, width, trainable, learningRate)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Filter = WindowArguments.Extents(this, "filter", filter);
        Strides = WindowArguments.Strides(this, strides ?? Enumerable.Repeat(1, filter.Count).ToValueList(), filter);
        Padding = padding;
    }

    /// <summary>Taps along each axis of positions, at least one axis.</summary>
    public ValueList<int> Filter { get; }

    /// <summary>Steps along each axis; default 1.</summary>
    public ValueList<int> Strides { get; }

    /// <summary>What the filter meets at the edges.</summary>
    public Padding Padding { get; init; }

    /// <summary>|k|, the number of taps.</summary>
    public int Taps => Filter.Aggregate(1, (product, extent) => product * extent);

    /// <summary>Whether it has the adjoint geometry: inputs write to outputs.</summary>
    public virtual bool IsTransposed => false;
}
