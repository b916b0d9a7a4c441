using System.Numerics;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Benchmarks;

/// <summary>The input product alone, one tile in the cache on one core: "product --d 784 --tile 240 --rounds 50".</summary>
internal static class ProductBenchmark
{
    public static void Run(Arguments arguments)
    {
        Report<double>("f64", arguments);
        Report<float>("f32", arguments);
    }

    private static void Report<T>(string name, Arguments arguments) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = arguments.Number("d", 784), tile = arguments.Number("tile", 240);
        using KernelMatrix<double> x = RandomRows.Matrix(tile, d);
        using var panels = new PackedPanels<T>(tile, d);
        panels.PackRows(0, x.View);
        using var c = new KernelMatrix<T>(tile, tile);
        double seconds = Timing.Fastest(arguments.Number("rounds", 50), 1, () => PanelProduct.Accumulate(T.One, panels, 0, panels, 0, c.View))[0];
        Console.WriteLine($"{name}  {tile} x {tile} x {d}: {2e-9 * tile * tile * d / seconds:F1} GFLOP/s on one core");
    }
}
