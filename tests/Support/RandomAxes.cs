using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Tests.Support;

/// <summary>Windows and maps of one axis by number: the same numbers, the same axis. Extents stay small.</summary>
public static class RandomAxes
{
    /// <summary>The largest extent of an output axis.</summary>
    public const int Largest = 9;

    /// <summary>
    /// Same, valid, circular, or any padding at all; forward or transposed. Filters may be longer than the axis (but not without
    /// padding), strides need not divide it.
    /// </summary>
    internal static AxisWindow Window(int extent, int choice, bool mayTranspose)
    {
        (int padding, int filter, int stride, int kind) = (choice % 5, choice / 5 % 4 + 1, choice / 20 % 6, choice / 120 % 4);
        stride = stride < 3 ? 1 : stride - 2;
        AxisWindow window = mayTranspose && kind == 0 ? Transposed(extent, filter, stride, padding) : Forward(extent, filter, stride, padding);
        if (padding == 4) window = AnyPadding(window, choice / 480 % 7, choice / 3360 % 2 == 1);
        return window.OutputExtent <= Largest ? window : Forward(extent, filter, 1, 0);
    }

    /// <summary>A pool, a slice, a resize or the axis as it is.</summary>
    internal static AxisMap Map(int extent, int choice)
    {
        (int kind, int detail) = (choice % 6, choice / 6);
        return kind switch
        {
            0 or 1 => new PoolAxis(Window(extent, detail, mayTranspose: false), (PoolDivisor)(detail / 5000 % 3)),
            2 => Slice(extent, detail),
            3 => Resize(extent, detail),
            4 => new GlobalPoolAxis(extent, detail % 3 > 0),
            _ => SliceAxis.Whole(extent),
        };
    }

    /// <summary>A ring only where each of its positions is met once at most.</summary>
    private static AxisWindow AnyPadding(AxisWindow window, int any, bool circular)
    {
        int outputs = Math.Max(1, window.OutputExtent + any % 3 - 1);
        (int strided, int ring) = window.Transposed ? (window.Extent, outputs) : (outputs, window.Extent);
        return window with { Low = any - 2, OutputExtent = outputs, Circular = circular && (strided - 1) * window.Stride < ring };
    }

    private static SliceAxis Slice(int extent, int choice)
    {
        (int start, int step) = (choice % extent, choice / extent % 5 - 2);
        if (step == 0) return new(extent, start, 1, 1, Removed: true);
        int most = step > 0 ? (extent - 1 - start) / step + 1 : start / -step + 1;
        return new(extent, start, step, choice / (5 * extent) % most + 1);
    }

    private static ResizeAxis Resize(int extent, int choice) =>
        new(extent, choice % 7 + 1, choice / 7 % 3 == 0 ? ResizeMethod.Nearest : ResizeMethod.Linear, choice / 21 % 2 == 0);

    private static AxisWindow Forward(int extent, int filter, int stride, int padding)
    {
        if (padding == 1 && filter <= extent) return new(extent, (extent - filter) / stride + 1, filter, stride, 0);
        int outputs = (extent + stride - 1) / stride;
        return new(extent, outputs, filter, stride, Math.Max((outputs - 1) * stride + filter - extent, 0) / 2, Circular: padding >= 2 && padding < 4);
    }

    private static AxisWindow Transposed(int extent, int filter, int stride, int padding)
    {
        int beyond = Math.Max(filter - stride, 0);
        return padding == 1
            ? new(extent, extent * stride + beyond, filter, stride, 0, Transposed: true)
            : new(extent, extent * stride, filter, stride, beyond / 2, Circular: padding is 2 or 3, Transposed: true);
    }
}
