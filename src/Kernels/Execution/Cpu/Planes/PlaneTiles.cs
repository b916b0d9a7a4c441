using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>How a kernel is cut into tiles.</summary>
internal static class PlaneTiles
{
    /// <summary>Moving a left sample's numbers out of its block, for each number, in units of an entry's step: a whole block, and a part.</summary>
    private const double MovedWhole = 0.15, MovedApart = 1.5;

    private static readonly nint[] _heights = [1, 2, 4, 8, 16, 32, 64], _widths = [1, 2, 4, 8, 16, 32];

    /// <summary>
    /// The tiles: of the asked size where one was asked for, else those for which the sides' terms, computed or moved anew in each
    /// tile, and threads that wait for the last tile are estimated to cost least together.
    /// </summary>
    public static TilePlan For<T>(PlanePlan<T> plan, ExecutionOptions options, int threads, nint rows, nint columns, bool symmetric, bool kept)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = plan.Lanes;
        if (options.TileSize is { } asked) return Tiles(asked, (asked + lanes - 1) / lanes);
        (nint height, nint width) = _heights.SelectMany(_ => _widths, (height, width) => (height, width)).MinBy(Cost);
        return Tiles(height, width);

        TilePlan Tiles(nint height, nint width) => new(rows, columns, width * lanes, symmetric) { Height = height };

        double Cost((nint Height, nint Width) tile)
        {
            double pairs = (double)tile.Height * tile.Width * plan.PairWork;
            double moved = tile.Height * plan.SideNumbers * (tile.Height < lanes ? MovedApart : MovedWhole);
            double terms = kept ? 0 : ((tile.Height + lanes - 1) / lanes + tile.Width) * plan.TermWork;
            double alone = tile.Height < plan.Lefts ? 0.2 : 0;
            double waiting = (double)threads * tile.Height * tile.Width * lanes / Math.Max(1, (double)rows * columns / (symmetric ? 2 : 1));
            return (moved + terms) / pairs + alone + waiting;
        }
    }
}
