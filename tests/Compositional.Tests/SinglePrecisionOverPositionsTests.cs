using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>
/// The bounds of "Single precision over positions" in docs/numerics.md, cell by cell: convolutional ReLU networks of up to 100 layers on
/// images that are equal, near-duplicates, unlike, and up to 1e4 times as large as one another.
/// </summary>
public sealed class SinglePrecisionOverPositionsTests
{
    private const int Pairs = 4;

    /// <summary>The worst error of K, near-duplicates included.</summary>
    private const double AnyK = 2e-6;

    private static readonly SampleShape _shape = new([12, 12], 3);

    /// <summary>What the second image is to the first, of which another is made beforehand.</summary>
    private static readonly (string Kind, Func<double, double, double> Second)[] _kinds =
    [
        ("the same", (x, _) => x), ("10 times", (x, _) => 10 * x), ("1000 times", (x, _) => 1000 * x), ("10000 times", (x, _) => 1e4 * x),
        ("another", (_, other) => other), ("another, 10000 times", (_, other) => 1e4 * other),
        ("noise of 1e-2", (x, other) => x + 1e-2 * other), ("noise of 1e-3", (x, other) => x + 1e-3 * other), ("noise of 1e-4", (x, other) => x + 1e-4 * other),
    ];

    [Theory]
    [InlineData(5, false, 2.5e-7, 1e-5, 1.2e-3, 1.2e-4)]
    [InlineData(5, true, 2.5e-7, 5e-7, 4e-5, 4e-6)]
    [InlineData(21, false, 6e-7, 2e-4, 5e-3, 5e-4)]
    [InlineData(21, true, 6e-7, 1e-5, 3e-4, 3e-5)]
    [InlineData(50, false, 8e-7, 6e-4, 1.2e-2, 1.2e-3)]
    [InlineData(50, true, 8e-7, 6e-5, 1.2e-3, 1.2e-4)]
    [InlineData(100, false, 3e-6, 3e-3, 2.2e-2, 2.2e-3)]
    [InlineData(100, true, 3e-6, 6e-4, 4e-3, 4e-4)]
    public void Errors_are_within_the_stated_bounds(int depth, bool pooled, double unlike, double noise2, double noise3, double noise4)
    {
        KernelProgram program = (Repeat(depth, Conv(3, 3, weightStd: Sqrt2) >> Relu) >> (pooled ? GlobalAveragePool : Flatten) >> Dense()).Program(_shape);
        double[] bounds = [.. Enumerable.Repeat(unlike, _kinds.Length - 3), noise2, noise3, noise4];
        (double K, double Theta)[] errors = Errors(program, new Random(depth));
        for (int kind = 0; kind < _kinds.Length; kind++)
        {
            Assert.True(errors[kind].K <= (bounds[kind] == unlike ? unlike : AnyK), $"{_kinds[kind].Kind}: K is off by {errors[kind].K:E1}");
            Assert.True(errors[kind].Theta <= bounds[kind], $"{_kinds[kind].Kind}: Θ is off by {errors[kind].Theta:E1}");
        }
    }

    /// <summary>For each kind the largest of its pairs, relative to √(K_xx K_yy) and √(Θ_xx Θ_yy).</summary>
    private static (double K, double Theta)[] Errors(KernelProgram program, Random random)
    {
        double[,] left = new double[Pairs, _shape.Size], right = new double[Pairs * _kinds.Length, _shape.Size];
        for (int i = 0; i < Pairs; i++)
        {
            for (int j = 0; j < _shape.Size; j++)
            {
                (double x, double other) = (Normal(random), Normal(random));
                left[i, j] = x;
                for (int kind = 0; kind < _kinds.Length; kind++) right[Pairs * kind + i, j] = _kinds[kind].Second(x, other);
            }
        }

        using Samples first = new(KernelMatrix<double>.From(left), _shape), second = new(KernelMatrix<double>.From(right), _shape);
        var cpu = new CpuExecutor();
        using KernelPair<double> exact = cpu.Run<double>(new KernelRequest(program, first, second));
        using KernelPair<float> single = cpu.Run<float>(new KernelRequest(program, first, second));
        using KernelPair<double> p = cpu.Diagonal<double>(new KernelRequest(program, first)), q = cpu.Diagonal<double>(new KernelRequest(program, second));
        return [.. Enumerable.Range(0, _kinds.Length).Select(kind =>
        {
            int[] pairs = [.. Enumerable.Range(0, Pairs)];
            return (
                pairs.Max(i => Error(exact.Nngp, single.Nngp, p.Nngp, q.Nngp, i, Pairs * kind + i)),
                pairs.Max(i => Error(exact.Ntk, single.Ntk, p.Ntk, q.Ntk, i, Pairs * kind + i)));
        })];
    }

    private static double Error(KernelMatrix<double> exact, KernelMatrix<float> single, KernelMatrix<double> p, KernelMatrix<double> q, int i, int j) =>
        Math.Abs(single[i, j] - exact[i, j]) / Math.Sqrt(p[i, 0] * q[j, 0]);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
