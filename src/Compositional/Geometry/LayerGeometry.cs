using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Compositional.Geometry;

/// <summary>
/// What a layer does to the axes of positions, resolved for a signal of given extents. Every reading that meets positions (shapes,
/// kernel programs, finite networks) asks here, so that padding, strides and slices mean one thing.
/// </summary>
internal static class LayerGeometry
{
    /// <summary>How a filter slides along each axis.</summary>
    /// <param name="layer">A convolution of any kind.</param>
    /// <param name="positions">Extents of the arriving signal.</param>
    /// <param name="place">Where the layer stands, for the message.</param>
    /// <exception cref="ShapeMismatchException">
    /// The filter has another number of axes, is larger than the signal (<see cref="Padding.Valid"/>), or makes more positions than a sample can hold.
    /// </exception>
    public static ValueList<AxisWindow> Windows(FilterLayer layer, ValueList<int> positions, string place)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(positions);
        return Sized(Windows("filter", layer.Filter, layer.Strides, layer.Padding, layer.IsTransposed, positions, place), place);
    }

    /// <summary>The map of each axis under pooling.</summary>
    /// <inheritdoc cref="Windows(FilterLayer, ValueList{int}, string)"/>
    public static ValueList<AxisMap> Maps(PoolLayer layer, ValueList<int> positions, string place)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(positions);
        PoolDivisor divisor = layer switch
        {
            AveragePool { NormalizeEdges: true } => PoolDivisor.TapsInside,
            AveragePool => PoolDivisor.WindowSize,
            _ => PoolDivisor.One,
        };
        ValueList<AxisWindow> windows = Windows("window", layer.Window, layer.Strides, layer.Padding, transposed: false, positions, place);
        return windows.Select(AxisMap (window) => new PoolAxis(window, divisor)).ToValueList();
    }

    /// <summary>All positions of each axis to one.</summary>
    /// <exception cref="ShapeMismatchException">The signal has no positions.</exception>
    public static ValueList<AxisMap> GlobalMaps(bool average, ValueList<int> positions, string place)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (positions.Count == 0) throw NoPositions(place, "it pools over all positions", "Leave the pooling out");
        return positions.Select(AxisMap (extent) => new GlobalPoolAxis(extent, average)).ToValueList();
    }

    /// <summary>The map of each axis under resizing.</summary>
    /// <exception cref="ShapeMismatchException">The shape has another number of axes, or more positions than a sample can hold.</exception>
    public static ValueList<AxisMap> Maps(ImageResize layer, ValueList<int> positions, string place)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(positions);
        RequireAxes("shape", layer.Shape.Count, positions, place);
        return Sized(
            layer.Shape.Zip(positions, AxisMap (wanted, extent) => new ResizeAxis(extent, wanted ?? extent, layer.Method, layer.Antialias)).ToValueList(),
            place);
    }

    /// <summary>The map of each axis under a choice of positions.</summary>
    /// <exception cref="ShapeMismatchException">There are more slices than axes, or a slice takes no position.</exception>
    public static ValueList<AxisMap> Maps(Networks.Index layer, ValueList<int> positions, string place)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(positions);
        if (layer.Slices.Count > positions.Count)
        {
            throw positions.Count == 0
                ? NoPositions(place, "it takes some of the positions", "Leave it out")
                : Mismatch(place, $"it has {layer.Slices.Count} slices", $"the signal has {Axes(positions)}", "Give at most one slice an axis");
        }

        return positions.Select(AxisMap (extent, axis) => axis >= layer.Slices.Count
            ? SliceAxis.Whole(extent)
            : SliceGeometry.Resolve(layer.Slices[axis], extent) ?? throw Mismatch(
                place, $"\"{layer.Slices[axis]}\" takes no position of axis {axis}", $"that axis has positions 0 to {extent - 1}",
                "Choose positions that exist; negative numbers count from the end")).ToValueList();
    }

    /// <summary>The axes of positions that a normalisation averages the variance over, ascending.</summary>
    /// <exception cref="ShapeMismatchException">An axis does not exist, or the channels are missing or given twice.</exception>
    public static ValueList<int> MeanAxes(LayerNorm layer, ValueList<int> positions, string place)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(positions);
        int missing = layer.Axes.FirstOrDefault(axis => axis > positions.Count, -1);
        if (missing >= 0) throw MissingAxis(place, missing, positions);
        int channels = layer.Axes.Count(axis => axis == -1 || axis == positions.Count);
        return channels == 1
            ? layer.Axes.Where(axis => axis >= 0 && axis < positions.Count).Order().ToValueList()
            : throw Mismatch(
                place, $"axes are {layer.Axes}, which name the channels {(channels == 0 ? "not at all" : "twice")}",
                $"the channels, axis -1 or {positions.Count}, are normalised over together with any axes of positions", "Give axis -1 once");
    }

    /// <summary>The extents after windows.</summary>
    public static ValueList<int> Outputs(IEnumerable<AxisWindow> windows) => windows.Select(window => window.OutputExtent).ToValueList();

    /// <summary>The extents after maps; removed axes are gone.</summary>
    public static ValueList<int> Outputs(IEnumerable<AxisMap> maps) => maps.Where(map => !map.RemovesAxis).Select(map => map.OutputExtent).ToValueList();

    internal static ShapeMismatchException MissingAxis(string place, int axis, ValueList<int> positions) => Mismatch(
        place, $"axis {axis} does not exist in a signal with {Axes(positions)}",
        positions.Count == 0 ? "its only axis is -1, the channels" : $"axes are -1 for the channels and 0 to {positions.Count - 1} for positions",
        "Use one of these axes");

    private static ValueList<AxisWindow> Windows(
        string name, ValueList<int> taps, ValueList<int> strides, Padding padding, bool transposed, ValueList<int> positions, string place)
    {
        RequireAxes(name, taps.Count, positions, place);
        return positions.Select((extent, axis) =>
        {
            AxisWindow? window = transposed
                ? WindowGeometry.Transposed(extent, taps[axis], strides[axis], padding)
                : WindowGeometry.Forward(extent, taps[axis], strides[axis], padding);
            return window ?? throw (transposed ? TooMany(place) : Mismatch(
                place, $"the {name} has {taps[axis]} taps along axis {axis} and the signal {extent} position{(extent == 1 ? "" : "s")}",
                $"with valid padding the {name} lies inside the signal",
                "Use padding same, or fewer taps"));
        }).ToValueList();
    }

    private static ValueList<AxisWindow> Sized(ValueList<AxisWindow> windows, string place)
    {
        RequireSize(Outputs(windows), place);
        return windows;
    }

    private static ValueList<AxisMap> Sized(ValueList<AxisMap> maps, string place)
    {
        RequireSize(Outputs(maps), place);
        return maps;
    }

    private static void RequireSize(ValueList<int> outputs, string place)
    {
        if (outputs.Aggregate(1.0, (product, extent) => product * extent) > int.MaxValue) throw TooMany(place);
    }

    private static void RequireAxes(string name, int count, ValueList<int> positions, string place)
    {
        if (count == positions.Count) return;
        throw positions.Count == 0
            ? NoPositions(place, $"its {name} has {Number(count)}", "Use Dense, or give samples with positions (images, sequences)")
            : Mismatch(place, $"its {name} has {Number(count)}", $"the signal has {Axes(positions)}", $"Give the {name} one extent for each axis of positions");
    }

    private static string Axes(ValueList<int> positions) =>
        positions.Count == 0 ? "no positions" : $"{Number(positions.Count)} of positions ({string.Join('×', positions)})";

    private static string Number(int axes) => axes == 1 ? "1 axis" : $"{axes} axes";

    private static ShapeMismatchException NoPositions(string place, string received, string remedy) =>
        Mismatch(place, $"{received} and it receives features", "features have no positions", remedy);

    private static ShapeMismatchException TooMany(string place) =>
        Mismatch(place, "it makes more than 2147483647 positions", "the positions of a sample can be numbered", "Use smaller strides or extents");

    private static ShapeMismatchException Mismatch(string place, string received, string required, string remedy) =>
        new($"Cannot compute {place}", received, required, remedy);
}
