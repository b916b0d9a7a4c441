using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>How a kernel is cut into tiles: a tile computes its left samples' terms once, and those of its right samples.</summary>
internal static class PlaneTiles
{
    /// <summary>The share of the work that computing terms anew in each tile may take.</summary>
    private const double TermShare = 0.04;

    private const int MostRows = 64, MostBlocks = 32, TilesPerThread = 8;

    /// <summary>The tiles: of the asked size where one was asked for, else so large that terms cost little and so small that all threads have work.</summary>
    public static TilePlan For<T>(PlanePlan<T> plan, ExecutionOptions options, int threads, nint rows, nint columns, bool symmetric, bool kept)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = plan.Lanes;
        if (options.TileSize is { } asked) return Tiles(asked, (asked + lanes - 1) / lanes);
        double need = kept ? 0 : plan.TermWork / Math.Max(plan.PairWork, 1) / TermShare;
        nint height = Math.Clamp((nint)Math.Ceiling(2 * need), 4, MostRows), width = Math.Clamp((nint)Math.Ceiling(2.2 * need), 1, MostBlocks);
        TilePlan tiles = Tiles(height, width);
        while (Count(tiles) < (double)TilesPerThread * threads && (height > 1 || width > 1))
        {
            if (width * lanes >= height && width > 1) width = (width + 1) / 2;
            else height = (height + 1) / 2;
            tiles = Tiles(height, width);
        }

        return tiles;

        TilePlan Tiles(nint height, nint width) => new(rows, columns, width * lanes, symmetric) { Height = height };
    }

    private static double Count(TilePlan tiles) => (double)tiles.Places * (tiles.Symmetric ? 0.5 : 1);
}
