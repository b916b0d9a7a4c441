using System.Globalization;

namespace InfiniteNtk.Kernels.Programs.Axes;

/// <summary>Windows and maps of axes in words, one axis after another; equal words are equal axes.</summary>
internal static class AxisText
{
    /// <summary>For example "3 taps from -1 (8 to 8) by 3 taps from -1 (8 to 8)".</summary>
    public static string Write(IEnumerable<AxisWindow> axes) => string.Join(" by ", axes.Select(Write));

    /// <summary>For example "average of 2 taps every 2 (8 to 4) by all 8".</summary>
    public static string Write(IEnumerable<AxisMap> axes) => string.Join(" by ", axes.Select(Write));

    private static string Write(AxisWindow window) => string.Create(
        CultureInfo.InvariantCulture,
        $"{window.Filter} taps from {-window.Low}{(window.Stride == 1 ? "" : $" every {window.Stride}")}"
        + $"{(window.Transposed ? " transposed" : "")}{(window.Circular ? " on a ring" : "")} ({window.Extent} to {window.OutputExtent})");

    private static string Write(AxisMap map) => map switch
    {
        PoolAxis pool => $"{DivisorWord(pool.Divisor)} of {Write(pool.Window)}",
        GlobalPoolAxis all => string.Create(CultureInfo.InvariantCulture, $"{(all.Average ? "average" : "sum")} of all {all.Extent}"),
        SliceAxis slice when slice == SliceAxis.Whole(slice.Extent) => string.Create(CultureInfo.InvariantCulture, $"all {slice.Extent} kept"),
        SliceAxis slice => string.Create(
            CultureInfo.InvariantCulture,
            $"{slice.Count} of {slice.Extent} from {slice.Start}{(slice.Step == 1 ? "" : $" every {slice.Step}")}{(slice.Removed ? ", axis removed" : "")}"),
        ResizeAxis resize => string.Create(
            CultureInfo.InvariantCulture,
            $"{(resize.Method == ResizeMethod.Nearest ? "nearest" : resize.Antialias ? "linear antialiased" : "linear")} {resize.Extent} to {resize.Resized}"),
        _ => map.ToString(),
    };

    private static string DivisorWord(PoolDivisor divisor) => divisor switch
    {
        PoolDivisor.One => "sum",
        PoolDivisor.WindowSize => "average",
        _ => "average inside",
    };
}
