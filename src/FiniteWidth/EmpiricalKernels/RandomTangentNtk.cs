using System.Diagnostics;
using System.Numerics;
using InfiniteNtk.FiniteWidth.Layers;

namespace InfiniteNtk;

/// <summary>
/// An unbiased estimate of the NTK's trace without any backward pass: with v ~ N(0, I) in parameter space,
/// E (Jv)(x)·(Jv)(x′)ᵀ = Θ(x, x′). It checks <see cref="EmpiricalNtk"/> by another route.
/// </summary>
public static class RandomTangentNtk
{
    /// <summary>The mean over <paramref name="tangents"/> directions and all outputs of (Jv)_o(x)·(Jv)_o(x′): N × N.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">x.</param>
    /// <param name="tangents">How many directions; the error falls with 1/√(tangents · outputs).</param>
    /// <param name="seed">Where the directions come from.</param>
    /// <param name="progress">Told how many directions are done, from the calling thread; null: nobody.</param>
    /// <param name="cancellation">Stops between directions.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static KernelMatrix<double> Compute<T>(
        FiniteNetwork<T> network, Samples samples, int tangents, ulong seed, IProgress<KernelProgress>? progress = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(tangents, 1);
        using var memory = new SignalMemory<T>();
        var clock = Stopwatch.StartNew();
        LayerRun<T> run = network.Run(samples, memory, 0, cancellation);
        int count = run.Output.Count;
        var sums = new double[count, count];
        for (uint number = 0; number < tangents; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            ParameterSet<T> direction = network.RandomDirection(seed, number);
            Add(sums, run.Tangent(memory.Zeros(count, network.Input), direction), 1.0 / ((double)tangents * network.Output.Size));
            progress?.Report(new KernelProgress(number + 1, tangents, clock.Elapsed));
        }

        return KernelMatrix<double>.From(sums, MatrixStructure.Symmetric);
    }

    private static void Add<T>(double[,] sums, Signal<T> tangent, double scale) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < tangent.Count; i++)
        {
            for (int j = 0; j < tangent.Count; j++)
            {
                double product = 0;
                for (int o = 0; o < tangent.Shape.Size; o++) product += double.CreateTruncating(tangent.Sample(i)[o]) * double.CreateTruncating(tangent.Sample(j)[o]);
                sums[i, j] += scale * product;
            }
        }
    }
}
