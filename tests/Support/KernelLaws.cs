using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace InfiniteNtk.Tests.Support;

/// <summary>What the kernels of every network obey, whatever computes them.</summary>
public static class KernelLaws
{
    /// <summary>Rounding of a few layers in double precision, relative to √(K_ii K_jj).</summary>
    private const double Rounding = 1e-11;

    /// <summary>Where inputs are transformed, their rounding passes through every layer (and a rectifier takes its root near ρ = 1).</summary>
    private const double TransformedInputs = 1e-7;

    /// <summary>Checks a law for random networks of a family, always the same ones.</summary>
    public static void ForAll(ulong seed, Action<NetworkCase> law, NetworkFamily family = NetworkFamily.All, int cases = 200) =>
        Prop.ForAll(NetworkGenerator.Cases(family), law).Check(RandomCases.Of(cases, seed));

    /// <summary>K(x, x') = K(x', x)ᵀ, and a symmetric kernel is symmetric bit for bit.</summary>
    public static void IsSymmetric(NetworkCase value)
    {
        using KernelPair<double> there = value.Network.Kernels(value.LeftSamples, value.RightSamples);
        using KernelPair<double> back = value.Network.Kernels(value.RightSamples, value.LeftSamples);
        using KernelPair<double> self = value.Network.Kernels(value.LeftSamples);
        using Diagonals diagonals = new(value);
        Each(there, back, (first, second, ntk) =>
        {
            for (nint i = 0; i < first.Rows; i++)
            {
                for (nint j = 0; j < first.Columns; j++) Near(first[i, j], second[j, i], diagonals.Scale(i, j, ntk), Rounding);
            }
        });
        Each(self, self, (matrix, _, _) =>
        {
            for (nint i = 0; i < matrix.Rows; i++)
            {
                for (nint j = 0; j < i; j++) Assert.Equal(matrix[i, j], matrix[j, i]);
            }
        });
    }

    /// <summary>K and Θ of one set of samples have no negative eigenvalue beyond rounding.</summary>
    public static void IsPositiveSemidefinite(NetworkCase value)
    {
        using KernelPair<double> self = value.Network.Kernels(value.LeftSamples);
        RequireSemidefinite(self.Nngp, (_, _) => 0);
        RequireSemidefinite(self.Ntk, (_, _) => 0);
    }

    /// <summary>Θ − K is a covariance too where every Dense has NTK parameterization and the last layer is Dense.</summary>
    public static void NtkExceedsNngp(NetworkCase value)
    {
        using KernelPair<double> self = value.Network.Kernels(value.LeftSamples);
        RequireSemidefinite(self.Ntk, (i, j) => self.Nngp[i, j]);
    }

    /// <summary>The diagonal alone is that of the matrix, and |K_ij|² ≤ K_ii K_jj.</summary>
    public static void HasItsDiagonal(NetworkCase value)
    {
        using KernelPair<double> self = value.Network.Kernels(value.LeftSamples);
        using KernelPair<double> diagonal = value.Network.Diagonal(value.LeftSamples);
        Each(self, diagonal, (matrix, alone, _) =>
        {
            for (nint i = 0; i < matrix.Rows; i++)
            {
                Assert.Equal(matrix[i, i], alone[i, 0]);
                for (nint j = 0; j < i; j++) Assert.True(Math.Abs(matrix[i, j]) <= Math.Sqrt(matrix[i, i] * matrix[j, j]) * (1 + Rounding), $"entry ({i}, {j})");
            }
        });
    }

    /// <summary>Permuting samples permutes rows and columns.</summary>
    public static void FollowsPermutations(NetworkCase value)
    {
        int count = value.Left.GetLength(0);
        double[,] reversed = Mapped(value.Left, (i, j) => value.Left[count - 1 - i, j]);
        using KernelPair<double> before = value.Network.Kernels(value.LeftSamples);
        using KernelPair<double> after = value.Network.Kernels(value.Of(reversed));
        Each(before, after, (first, second, _) =>
        {
            for (nint i = 0; i < count; i++)
            {
                for (nint j = 0; j < count; j++) Near(first[i, j], second[count - 1 - i, count - 1 - j], Math.Sqrt(first[i, i] * first[j, j]), Rounding);
            }
        });
    }

    /// <summary>A common rotation of the channels, or a common permutation of the positions, changes nothing.</summary>
    public static void IgnoresTheChoiceOfCoordinates(NetworkCase value)
    {
        int channels = value.Shape.Channels, positions = value.Shape.PositionCount;
        double[] axis = [.. Enumerable.Range(0, channels).Select(c => Math.Sin(1 + 3 * c))];
        double norm = axis.Sum(x => x * x);

        // The reflection x − 2 a (a·x)/(a·a) at each position, and the positions reversed.
        double[,] Moved(double[,] rows) => Mapped(rows, (i, j) =>
        {
            int start = (positions - 1 - j / channels) * channels;
            double along = Enumerable.Range(0, channels).Sum(c => axis[c] * rows[i, start + c]);
            return rows[i, start + j % channels] - 2 * axis[j % channels] * along / norm;
        });
        RequireEqual(value, value.Network, value.Network, value.Of(Moved(value.Left)), value.Of(Moved(value.Right)), 1, TransformedInputs);
    }

    /// <summary>K(cx, cx') = c²K(x, x') for bias-free rectifier networks.</summary>
    public static void IsHomogeneous(NetworkCase value)
    {
        const double Factor = 3;
        double[,] Scaled(double[,] rows) => Mapped(rows, (i, j) => Factor * rows[i, j]);
        RequireEqual(value, value.Network, value.Network, value.Of(Scaled(value.Left)), value.Of(Scaled(value.Right)), Factor * Factor, Rounding);
    }

    /// <summary>Two networks have the same kernels, in a symmetric call and in a cross call.</summary>
    public static void HaveEqualKernels(NetworkCase value, Network left, Network right, double tolerance = Rounding) =>
        RequireEqual(value, left, right, value.LeftSamples, value.RightSamples, 1, tolerance);

    /// <summary>Two executors agree, whatever the precision of the second.</summary>
    internal static void Agree<T>(NetworkCase value, IKernelExecutor exact, IKernelExecutor executor, double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using Diagonals diagonals = new(value);
        var program = value.Network.Program(value.Shape);
        var request = new KernelRequest(program, value.LeftSamples, value.RightSamples);
        using KernelPair<double> expected = exact.Run<double>(request);
        using KernelPair<T> actual = executor.Run<T>(request);
        for (nint i = 0; i < expected.Nngp.Rows; i++)
        {
            for (nint j = 0; j < expected.Nngp.Columns; j++)
            {
                Near(expected.Nngp[i, j], double.CreateChecked(actual.Nngp[i, j]), diagonals.Scale(i, j, ntk: false), tolerance);
                Near(expected.Ntk[i, j], double.CreateChecked(actual.Ntk[i, j]), diagonals.Scale(i, j, ntk: true), tolerance);
            }
        }
    }

    /// <summary>
    /// Single precision is within its bound of double precision at every entry. Returns the largest bound, relative to √(K_ii K_jj) and
    /// √(Θ_ii Θ_jj): a bound that allowed everything would not be a law.
    /// </summary>
    /// <param name="value">The network and its samples.</param>
    /// <param name="most">At most so many samples a side: over positions a bound takes the square of their number many times.</param>
    public static double SingleIsWithinItsBound(NetworkCase value, int most = int.MaxValue)
    {
        using Diagonals diagonals = new(value);
        var program = value.Network.Program(value.Shape);
        var bound = new SinglePrecisionBound(program, value.LeftSamples, value.RightSamples);
        var request = new KernelRequest(program, value.LeftSamples, value.RightSamples);
        using KernelPair<double> exact = new CpuExecutor().Run<double>(request);
        using KernelPair<float> single = new CpuExecutor().Run<float>(request);
        double largest = 0;
        for (int i = 0; i < Math.Min(most, exact.Nngp.Rows); i++)
        {
            for (int j = 0; j < Math.Min(most, exact.Nngp.Columns); j++)
            {
                (double k, double theta) = bound.At(i, j);
                Within(k, exact.Nngp[i, j], single.Nngp[i, j], diagonals.Scale(i, j, ntk: false));
                Within(theta, exact.Ntk[i, j], single.Ntk[i, j], diagonals.Scale(i, j, ntk: true));
            }
        }

        return largest;

        void Within(double allowed, double expected, float actual, double scale)
        {
            Near(expected, actual, 1, allowed);
            if (scale > 0) largest = Math.Max(largest, allowed / scale);
        }
    }

    private static void RequireEqual(NetworkCase value, Network before, Network after, Samples left, Samples right, double factor, double tolerance)
    {
        using Diagonals diagonals = new(value with { Network = before });
        using KernelPair<double> cross = before.Kernels(value.LeftSamples, value.RightSamples), otherCross = after.Kernels(left, right);
        using KernelPair<double> self = before.Kernels(value.LeftSamples), otherSelf = after.Kernels(left);
        Each(cross, otherCross, (first, second, ntk) => Entries(first, second, (i, j) => diagonals.Scale(i, j, ntk)));
        Each(self, otherSelf, (first, second, _) => Entries(first, second, (i, j) => Math.Sqrt(first[i, i] * first[j, j])));

        void Entries(KernelMatrix<double> first, KernelMatrix<double> second, Func<nint, nint, double> scale)
        {
            for (nint i = 0; i < first.Rows; i++)
            {
                for (nint j = 0; j < first.Columns; j++) Near(factor * first[i, j], second[i, j], factor * scale(i, j), tolerance);
            }
        }
    }

    private static void Each(KernelPair<double> first, KernelPair<double> second, Action<KernelMatrix<double>, KernelMatrix<double>, bool> check)
    {
        check(first.Nngp, second.Nngp, false);
        check(first.Ntk, second.Ntk, true);
    }

    private static void RequireSemidefinite(KernelMatrix<double> kernel, Func<nint, nint, double> minus)
    {
        int count = (int)kernel.Rows;
        var matrix = Matrix<double>.Build.Dense(count, count, (i, j) => kernel[i, j] - minus(i, j));
        double trace = Enumerable.Range(0, count).Sum(i => kernel[i, i]);
        double smallest = matrix.Evd(Symmetricity.Symmetric).EigenValues.Min(eigenvalue => eigenvalue.Real);
        Assert.True(smallest >= -Rounding * trace, $"eigenvalue {smallest:G3} of a kernel with trace {trace:G3}");
    }

    private static void Near(double expected, double actual, double scale, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * scale, $"{expected:R} and {actual:R} differ by {Math.Abs(expected - actual) / scale:G3} of their scale");

    private static double[,] Mapped(double[,] rows, Func<int, int, double> entry)
    {
        double[,] mapped = new double[rows.GetLength(0), rows.GetLength(1)];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < rows.GetLength(1); j++) mapped[i, j] = entry(i, j);
        }

        return mapped;
    }

    /// <summary>√(K_ii K'_jj) and √(Θ_ii Θ'_jj) of the left and right samples.</summary>
    private sealed class Diagonals(NetworkCase value) : IDisposable
    {
        private readonly KernelPair<double> _left = value.Network.Diagonal(value.LeftSamples), _right = value.Network.Diagonal(value.RightSamples);

        public double Scale(nint i, nint j, bool ntk) => ntk
            ? Math.Sqrt(_left.Ntk[i, 0] * _right.Ntk[j, 0])
            : Math.Sqrt(_left.Nngp[i, 0] * _right.Nngp[j, 0]);

        public void Dispose()
        {
            _left.Dispose();
            _right.Dispose();
        }
    }
}
