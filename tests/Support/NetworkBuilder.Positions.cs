using InfiniteNtk.Compositional.Geometry;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Tests.Support;

/// <remarks>The layers over positions. Variances behind them depend on the data; what is kept are likely bounds.</remarks>
internal sealed partial class NetworkBuilder
{
    private const int MostPositions = 60;

    /// <summary>A layer with weights: with positions mostly a convolution.</summary>
    private Part Weighted(Wire wire, bool keepsPositions = false)
    {
        if (family != NetworkFamily.Spatial || !wire.HasPositions || random.Next(4) == 0) return Dense(wire);
        for (int attempt = 0; attempt < 5; attempt++)
        {
            FilterLayer layer = Filter(wire, keepsPositions);
            if (Windows(layer, wire.Positions) is not { } windows) continue;
            ValueList<int> positions = LayerGeometry.Outputs(windows);
            if (positions.Aggregate(1, (product, extent) => product * extent) <= MostPositions)
            {
                // At an edge only a part of the taps is inside.
                double[] variances = [.. wire.Variances.Select(variance => layer.WeightStd * layer.WeightStd * variance + layer.BiasStd * layer.BiasStd)];
                if (layer.BiasStd == 0 && layer.Padding != Padding.Circular) variances = [.. variances, variances.Min() / 2];
                return new Part(layer, new Wire(SignalKind.CentredGaussian, positions, variances));
            }
        }

        return Dense(wire);
    }

    private FilterLayer Filter(Wire wire, bool keepsPositions)
    {
        ValueList<int> filter = PerAxis(wire, extent => random.Next(1, Math.Min(extent + 1, 4) + 1));
        ValueList<int> strides = PerAxis(wire, _ => keepsPositions || random.Next(3) > 0 ? 1 : random.Next(2, 4));
        Padding padding = keepsPositions ? (random.Next(2) == 0 ? Padding.Same : Padding.Circular) : AnyPadding();
        (double weight, double bias, _) = Weights(wire.Variances);
        int? width = _statesWidths ? Width : null;
        return random.Next(6) switch
        {
            0 => new ConvLocal(filter, strides, padding, weight, bias, Scaling(), width, Trains(), Rate()),

            // A transposed filter leaves outputs without taps; the bias keeps their variance from 0.
            1 => new ConvTranspose(filter, strides, padding, weight, 0.4, Scaling(), width, Trains(), Rate()),
            _ => new Conv(filter, strides, padding, weight, bias, Scaling(), width, Trains(), Rate()),
        };
    }

    private static ValueList<AxisWindow>? Windows(FilterLayer layer, ValueList<int> positions) =>
        layer.Padding == Padding.Valid && !layer.IsTransposed && layer.Filter.Zip(positions).Any(axis => axis.First > axis.Second)
            ? null
            : LayerGeometry.Windows(layer, positions, "a random network");

    /// <summary>Pooling, resizing, slices or concatenation along positions; null where none fits.</summary>
    private Part? Moved(Wire wire, int depth) => random.Next(5) switch
    {
        0 => Pool(wire),
        1 => Mapped(wire, new ImageResize(
            wire.Positions.Select(extent => random.Next(3) == 0 ? (int?)null : random.Next(1, extent + 2)).ToValueList(),
            random.Next(3) == 0 ? ResizeMethod.Nearest : ResizeMethod.Linear, random.Next(3) > 0)),
        2 => Mapped(wire, new Compositional.Networks.Index(PerAxis(wire, Slice))),
        3 when depth < 2 => BesideEachOther(wire, depth),
        _ => null,
    };

    private Part? Pool(Wire wire)
    {
        ValueList<int> window = PerAxis(wire, extent => random.Next(1, Math.Min(extent, 3) + 1));
        ValueList<int>? strides = random.Next(2) == 0 ? null : PerAxis(wire, _ => random.Next(1, 4));
        PoolLayer layer = random.Next(3) == 0
            ? new SumPool(window, strides, AnyPadding())
            : new AveragePool(window, strides, AnyPadding(), random.Next(2) == 0);
        return Mapped(wire, layer);
    }

    private Part GlobalPool(Wire wire)
    {
        bool average = random.Next(3) > 0;
        int count = wire.Positions.Aggregate(1, (product, extent) => product * extent);
        double[] variances = [.. wire.Variances.Select(variance => average ? variance / Math.Sqrt(count) : variance * count)];
        return new Part(average ? new GlobalAveragePool() : new GlobalSumPool(), wire with { Positions = [], Variances = variances });
    }

    private static Part? Mapped(Wire wire, Layer layer)
    {
        ValueList<AxisMap> maps = layer switch
        {
            PoolLayer pool => LayerGeometry.Maps(pool, wire.Positions, "a random network"),
            ImageResize resize => LayerGeometry.Maps(resize, wire.Positions, "a random network"),
            Compositional.Networks.Index index => LayerGeometry.Maps(index, wire.Positions, "a random network"),
            _ => throw new InvalidOperationException($"{layer} maps no positions."),
        };
        ValueList<int> positions = LayerGeometry.Outputs(maps);
        if (positions.Aggregate(1, (product, extent) => product * extent) > MostPositions) return null;
        double largest = layer is SumPool sum ? sum.Window.Aggregate(1.0, (product, extent) => product * extent) : 1;
        double[] variances = layer is Compositional.Networks.Index
            ? wire.Variances
            : [.. wire.Variances.Select(variance => variance * largest), wire.Variances.Min() / 2];
        return new Part(layer, wire with { Positions = positions, Variances = variances });
    }

    /// <summary>Branches side by side along an axis: at most one without weights of its own.</summary>
    private Part BesideEachOther(Wire wire, int depth)
    {
        Part[] branches = [First(wire, depth), Fresh(wire, depth)];
        int axis = random.Next(wire.Positions.Count);
        ValueList<int> positions = wire.Positions.Select((extent, i) => i == axis ? 2 * extent : extent).ToValueList();
        double[] variances = [.. branches.SelectMany(branch => branch.Output.Variances)];
        return new Part(
            Compositional.Networks.Concat.Of(Networks(Shuffled(branches)), axis),
            new Wire(SignalKind.CentredGaussian, positions, [variances.Min(), variances.Max()]));
    }

    private Part Normalized(Wire wire)
    {
        if (family != NetworkFamily.Spatial) return new Part(new LayerNorm(), wire with { Variances = [1, 1, 1] });
        int[] axes = [.. Enumerable.Range(0, wire.Positions.Count).Where(_ => random.Next(2) == 0)];
        int channels = random.Next(2) == 0 ? -1 : wire.Positions.Count;
        var layer = axes.Length == 0 && channels == -1 ? new LayerNorm() : new LayerNorm([.. axes, channels]);
        return new Part(layer, wire with { Variances = axes.Length == 0 ? [1, 1, 1] : [0.3, 1, 3] });
    }

    private Padding AnyPadding() => (Padding)random.Next(3);

    private static ValueList<T> PerAxis<T>(Wire wire, Func<int, T> choose) => wire.Positions.Select(choose).ToValueList();

    /// <summary>A slice in Python's words that takes something of an axis.</summary>
    private PositionSlice Slice(int extent)
    {
        int start = random.Next(extent), step = random.Next(1, 4);
        return PositionSlice.Parse(random.Next(6) switch
        {
            0 => $"{(random.Next(2) == 0 ? start : start - extent)}",
            1 => ":",
            2 => $"{start}:",
            3 => $"{start}::{step}",
            4 => $"::-{step}",
            _ => $":{start + 1}",
        });
    }
}
