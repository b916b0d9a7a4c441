using System.Numerics;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// The input product alone on one core: "product --d 784 --tile 240 --n 4000 --rounds 50". First one tile whose panels stay in the
/// cache, then all tiles of the upper triangle of n samples, whose panels do not, beside the peak of the same rounds.
/// </summary>
internal static class ProductBenchmark
{
    public static void Run(Arguments arguments)
    {
        Report<double>("f64", arguments);
        Report<float>("f32", arguments);
    }

    private static void Report<T>(string name, Arguments arguments) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = arguments.Number("d", 784), tile = arguments.Number("tile", 240), n = arguments.Number("n", 4000) / tile * tile;
        using KernelMatrix<double> x = RandomRows.Matrix(n, d);
        using var panels = new PackedPanels<T>(n, d);
        panels.PackRows(0, x.View);
        using var c = new KernelMatrix<T>(tile, tile);
        int rounds = arguments.Number("rounds", 50), count = n / tile, pairs = count * (count + 1) / 2;
        double[] seconds = Timing.Fastest(
            rounds, 1,
            MultiplyAddPeak.Run<T>,
            () => PanelProduct.Accumulate(T.One, panels, 0, panels, 0, c.View),
            () =>
            {
                for (int i = 0; i < count; i++)
                {
                    for (int j = i; j < count; j++) PanelProduct.Accumulate(T.One, panels, i * tile, panels, j * tile, c.View);
                }
            });
        double tileFlops = 2e-9 * tile * tile * d;
        double peak = MultiplyAddPeak.Work<T>() / seconds[0], one = tileFlops / seconds[1], all = tileFlops * pairs / seconds[2];
        Console.WriteLine(
            $"{name}  one core, {Processor.LaneBits} bits, GFLOP/s: peak {peak:F1}, one tile {tile} x {tile} x {d} {one:F1} ({one / peak:P0}), "
            + $"all {pairs} tiles {all:F1} ({all / peak:P0})");
    }
}
