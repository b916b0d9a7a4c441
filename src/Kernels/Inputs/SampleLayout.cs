namespace InfiniteNtk.Kernels.Inputs;

/// <summary>Reads the shape of one sample from the shape of an array, and moves channels last.</summary>
internal static class SampleLayout
{
    /// <summary>The shape of each sample in an array.</summary>
    public static SampleShape Shape(NpyArray array, ArrayLayout? layout)
    {
        ValueList<long> shape = array.Shape;
        if (shape.Count < 2)
        {
            throw Refuse(array, "rank 2 (samples × features) to 4 (samples × height × width × channels) is required",
                "Reshape it: x.reshape(len(x), -1), or x[:, None] for samples of one feature");
        }

        if (shape.Skip(1).Any(extent => extent is 0 or > int.MaxValue) || shape.Skip(1).Aggregate(1.0, (a, b) => a * b) > int.MaxValue)
        {
            throw Refuse(array, "samples of 1 to 2147483647 numbers are required", "Save other samples");
        }

        int[] axes = [.. shape.Skip(1).Select(extent => (int)extent)];
        return (axes.Length, layout) switch
        {
            (1, null) => SampleShape.Features(axes[0]),
            (2, null or ArrayLayout.Nhw) => new SampleShape([axes[0], axes[1]], 1),
            (2, ArrayLayout.Ntc) => new SampleShape([axes[0]], axes[1]),
            (3, null) when LooksChannelFirst(axes) => throw Refuse(
                array, "its channels may be the first or the last axis", "Say which: --layout nchw or --layout nhwc"),
            (3, ArrayLayout.Nchw) => new SampleShape([axes[1], axes[2]], axes[0]),
            (3, ArrayLayout.Nhwc) or ( >= 3, null) => new SampleShape([.. axes[..^1]], axes[^1]),
            _ => throw Refuse(
                array, $"the layout {layout!.Value.ToString().ToLowerInvariant()} needs rank {layout.Value.ToString().Length}", "Choose another layout, or reshape the array"),
        };
    }

    /// <summary>The layout of an array of rank 3 or 4 under which alone its samples suit; null: none or several do.</summary>
    public static ArrayLayout? Inferred(NpyArray array, Func<SampleShape, bool> suits)
    {
        ArrayLayout[] layouts = array.Shape.Count switch
        {
            3 => [ArrayLayout.Nhw, ArrayLayout.Ntc],
            4 => [ArrayLayout.Nhwc, ArrayLayout.Nchw],
            _ => [],
        };
        ArrayLayout[] suitable = [.. layouts.Where(layout => suits(Shape(array, layout)))];
        return suitable.Length == 1 ? suitable[0] : null;
    }

    /// <summary>Moves the channels of every row from the first axis to the last.</summary>
    public static void MoveChannelsLast(MatrixView<double> rows, SampleShape shape)
    {
        (int channels, int positions) = (shape.Channels, shape.PositionCount);
        var moved = new double[shape.Size];
        for (nint i = 0; i < rows.Rows; i++)
        {
            Span<double> row = rows.Row(i);
            for (int k = 0; k < moved.Length; k++) moved[k % positions * channels + k / positions] = row[k];
            moved.CopyTo(row);
        }
    }

    /// <summary>Few channels before two equal larger axes, as in N × 3 × 32 × 32.</summary>
    private static bool LooksChannelFirst(int[] axes) => axes[0] is 1 or 3 && axes[1] == axes[2] && axes[2] > 4;

    private static ShapeMismatchException Refuse(NpyArray array, string required, string remedy) => new(
        $"Cannot take samples from {array.Source}", $"its shape is ({string.Join(", ", array.Shape)})", required, remedy);
}
