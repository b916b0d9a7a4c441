using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using Xunit;

namespace InfiniteNtk.Tests.Support;

public static partial class ExecutorLaws
{
    /// <summary>
    /// Of a constant image on a ring all positions are equal and stay so: K is the input's, Θ/K counts the layers, whether the top
    /// flattens or pools.
    /// </summary>
    private static void EqualPixelsAreExact(IKernelExecutor executor)
    {
        const int Layers = 21, Extent = 5, Channels = 3;
        var ring = new AxisWindow(Extent, Extent, 3, 1, 1, Circular: true);
        Step[] body = [new InputProduct(0, false), .. Enumerable.Range(0, Layers).SelectMany(layer => new Step[]
        {
            new TapSum(2 * layer + 1, 2 * layer, [ring, ring], 2, 0, 2, 0), new Dual(2 * layer + 2, 2 * layer + 1, new Relu()),
        })];
        Step pool = new MixPositions(body.Length, body.Length - 1, [new GlobalPoolAxis(Extent, true), new GlobalPoolAxis(Extent, true)]);
        Step flatten = new FlattenPositions(body.Length, body.Length - 1);
        double[,] pixels = ProgramGenerator.Rows(new Random(9), 4, Channels), rows = new double[8, Extent * Extent * Channels];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < rows.GetLength(1); j++) rows[i, j] = pixels[i / 2, j % Channels];
        }

        foreach (Step top in new[] { pool, flatten })
        {
            var sample = new ProgramCase(new KernelProgram(new SampleShape([Extent, Extent], Channels), [.. body, top]), rows, rows);
            using KernelPair<double> pair = executor.Run<double>(sample.Symmetric());
            using KernelPair<float> single = executor.Run<float>(sample.Symmetric());
            for (int i = 0; i < 8; i++)
            {
                foreach (int j in new[] { i, i ^ 1 })
                {
                    Assert.InRange(pair.Ntk[i, j] / pair.Nngp[i, j], Layers * (1 - 1e-13), Layers * (1 + 1e-13));
                    Assert.InRange(single.Ntk[i, j] / single.Nngp[i, j], Layers * (1 - 1e-6), Layers * (1 + 1e-6));
                }
            }
        }
    }

    /// <summary>Only one position of one sample overflows, in the third step.</summary>
    private static void OverflowAtAPositionIsNamed(IKernelExecutor executor)
    {
        var window = new AxisWindow(5, 5, 3, 1, 1);
        var program = new KernelProgram(
            new SampleShape([5], 2),
            [new InputProduct(0, false), new TapSum(1, 0, [window], 1, 0, 1, 0), new TapSum(2, 1, [window], 1e200, 0, 1, 0), new FlattenPositions(3, 2)]);
        double[,] rows = new double[40, 10];
        rows[7, 4] = 1e100;
        using var samples = new Samples(KernelMatrix<double>.From(rows), program.Input);
        string message = Assert.Throws<NumericalFailureException>(() => executor.Run<double>(new(program, samples))).Message;
        Assert.Contains("sample 7 ", message);
        Assert.Contains("step 2 ", message);
        Assert.Contains("sample 7 ", Assert.Throws<NumericalFailureException>(() => executor.Diagonal<double>(new(program, samples))).Message);
    }
}
