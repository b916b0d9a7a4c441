using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Compositional.Geometry;

/// <summary>Python's slices on an axis of known extent.</summary>
internal static class SliceGeometry
{
    /// <summary>The positions that a slice takes of an axis; null where it takes none.</summary>
    public static SliceAxis? Resolve(PositionSlice slice, int extent)
    {
        if (slice.RemovesAxis)
        {
            long position = FromEnd(slice.Start!.Value, extent);
            return position < 0 || position >= extent ? null : new SliceAxis(extent, (int)position, 1, 1, Removed: true);
        }

        // Bounds are clamped to where the direction of the step makes sense of them.
        long lowest = slice.Step > 0 ? 0 : -1, highest = slice.Step > 0 ? extent : extent - 1;
        long start = slice.Start is { } given ? Math.Clamp(FromEnd(given, extent), lowest, highest) : slice.Step > 0 ? lowest : highest;
        long stop = slice.Stop is { } bound ? Math.Clamp(FromEnd(bound, extent), lowest, highest) : slice.Step > 0 ? highest : lowest;
        long distance = slice.Step > 0 ? stop - start : start - stop, step = Math.Abs((long)slice.Step);
        return distance <= 0 ? null : new SliceAxis(extent, (int)start, slice.Step, (int)((distance + step - 1) / step));
    }

    private static long FromEnd(int position, int extent) => position < 0 ? (long)position + extent : position;
}
