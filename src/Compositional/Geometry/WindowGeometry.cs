using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Compositional.Geometry;

/// <summary>Padding resolved to numbers: how a window of k taps and stride t slides over n positions.</summary>
internal static class WindowGeometry
{
    /// <summary>Tap j of output p reads p·t + j − lo; null where no whole window fits (<see cref="Padding.Valid"/> only).</summary>
    public static AxisWindow? Forward(int positions, int taps, int stride, Padding padding)
    {
        if (padding == Padding.Valid)
        {
            return taps > positions ? null : new AxisWindow(positions, (positions - taps) / stride + 1, taps, stride, 0);
        }

        int outputs = (int)(((long)positions + stride - 1) / stride);
        long added = Math.Max((outputs - 1L) * stride + taps - positions, 0);
        return new AxisWindow(positions, outputs, taps, stride, (int)(added / 2), padding == Padding.Circular);
    }

    /// <summary>Input o writes to p = o·t + j − lo; null where there would be more outputs than an axis can hold.</summary>
    public static AxisWindow? Transposed(int positions, int taps, int stride, Padding padding)
    {
        int excess = Math.Max(taps - stride, 0);
        long outputs = (long)positions * stride + (padding == Padding.Valid ? excess : 0);
        int low = padding == Padding.Valid ? 0 : excess / 2;
        return outputs > int.MaxValue
            ? null
            : new AxisWindow(positions, (int)outputs, taps, stride, low, padding == Padding.Circular, Transposed: true);
    }
}
