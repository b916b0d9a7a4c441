using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using Xunit;

namespace InfiniteNtk.Tests.Support;

/// <summary>What every executor must obey. A new law joins all executors by one row of <see cref="Laws"/>.</summary>
public static partial class ExecutorLaws
{
    private const double DoubleTolerance = 1e-12;

    /// <summary>Of a program of up to ten steps in single precision, against the reference in double.</summary>
    private const double SingleTolerance = 5e-5;

    private static readonly Dictionary<string, Action<IKernelExecutor, ProgramFamily>> _anyPrograms = new()
    {
        ["agrees with the reference"] = AgreesWithTheReference,
        ["agrees in single precision with the reference"] = AgreesInSinglePrecision,
        ["a symmetric kernel is that of the samples with copies of themselves"] = SymmetricIsCrossWithCopies,
        ["tile size and threads change no bit"] = TilesAndThreadsChangeNoBit,
        ["further samples change no bit"] = FurtherSamplesChangeNoBit,
        ["the diagonal alone has the bits of the matrix"] = DiagonalIsTheMatrixs,
        ["one kernel alone has the bits of both together"] = OneKernelIsThatOfBoth,
        ["permuting samples permutes entries"] = PermutingSamplesPermutesEntries,
        ["exchanging sides transposes"] = ExchangingSidesTransposes,
    };

    private static readonly Dictionary<string, Action<IKernelExecutor>> _laws = new()
    {
        ["equal samples have the exact limit"] = EqualSamplesAreExact,
        ["a sample of another shape is refused"] = ShapesAreChecked,
        ["overflow names step and sample"] = OverflowIsNamed,
        ["a budget that is too small says what fits"] = BudgetIsChecked,
        ["cancellation stops"] = CancellationStops,
        ["progress ends at the total"] = ProgressEndsAtTheTotal,
    };

    private static readonly Dictionary<string, Action<IKernelExecutor>> _positionLaws = new()
    {
        ["equal pixels have the exact limit"] = EqualPixelsAreExact,
        ["overflow at one position names step and sample"] = OverflowAtAPositionIsNamed,
    };

    /// <summary>Names of the laws of programs without windows, as rows of a theory.</summary>
    public static IEnumerable<object[]> Laws => _anyPrograms.Keys.Concat(_laws.Keys).Select(name => new object[] { name });

    /// <summary>Names of the laws of programs over positions, as rows of a theory.</summary>
    public static IEnumerable<object[]> PositionLaws => _anyPrograms.Keys.Concat(_positionLaws.Keys).Select(name => new object[] { name });

    /// <summary>Checks one law on programs without windows.</summary>
    internal static void Check(string law, IKernelExecutor executor)
    {
        if (_laws.TryGetValue(law, out Action<IKernelExecutor>? check)) check(executor);
        else _anyPrograms[law](executor, ProgramFamily.Dense);
    }

    /// <summary>Checks one law on programs over positions.</summary>
    internal static void CheckOnPositions(string law, IKernelExecutor executor)
    {
        if (_positionLaws.TryGetValue(law, out Action<IKernelExecutor>? check)) check(executor);
        else _anyPrograms[law](executor, ProgramFamily.Spatial);
    }

    private static void AgreesWithTheReference(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        foreach (KernelRequest request in new[] { sample.Symmetric(), sample.Cross() })
        {
            using KernelPair<double> expected = new ReferenceExecutor().Run<double>(request), actual = executor.Run<double>(request);
            RequireClose(expected.Nngp, actual.Nngp, DoubleTolerance);
            RequireClose(expected.Ntk, actual.Ntk, DoubleTolerance);
        }
    });

    private static void AgreesInSinglePrecision(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        using KernelPair<double> expected = new ReferenceExecutor().Run<double>(sample.Cross());
        using KernelPair<float> actual = executor.Run<float>(sample.Cross());
        RequireClose(expected.Nngp, actual.Nngp, SingleTolerance);
        RequireClose(expected.Ntk, actual.Ntk, SingleTolerance);
    });

    private static void SymmetricIsCrossWithCopies(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        using KernelPair<double> symmetric = executor.Run<double>(sample.Symmetric());
        using KernelPair<double> cross = executor.Run<double>((sample with { Right = sample.Left }).Cross());
        for (int i = 0; i < sample.Left.GetLength(0); i++)
        {
            for (int j = 0; j < sample.Left.GetLength(0); j++)
            {
                Assert.Equal(symmetric.Nngp[i, j], symmetric.Nngp[j, i]);
                Assert.Equal(symmetric.Ntk[i, j], symmetric.Ntk[j, i]);
                if (i == j && sample.HasDropout) continue;
                AssertEntry(family, i > j, cross.Nngp, cross.Nngp[i, j], symmetric.Nngp[i, j]);
                AssertEntry(family, i > j, cross.Ntk, cross.Ntk[i, j], symmetric.Ntk[i, j]);
            }
        }
    });

    private static void TilesAndThreadsChangeNoBit(IKernelExecutor executor, ProgramFamily family) => ForAll(
        family, sample =>
        {
            foreach (KernelRequest request in new[] { sample.Symmetric(), sample.Cross() })
            {
                using KernelPair<double> one = executor.Run<double>(request, new ExecutionOptions { Threads = 1, TileSize = 240 });
                using KernelPair<double> many = executor.Run<double>(request, new ExecutionOptions { Threads = 3, TileSize = 24 });
                RequireEqual(one, many);
                using KernelPair<float> oneSingle = executor.Run<float>(request, new ExecutionOptions { Threads = 2, TileSize = 96 });
                using KernelPair<float> manySingle = executor.Run<float>(request, new ExecutionOptions { Threads = 1, TileSize = 1 });
                RequireEqual(oneSingle, manySingle);
            }
        },
        largestCount: executor is ReferenceExecutor ? 10 : family.MirrorsExactly ? 130 : 40, tests: 40);

    private static void FurtherSamplesChangeNoBit(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        int fewer = sample.Left.GetLength(0) / 3;
        double[,] part = new double[fewer, sample.Left.GetLength(1)];
        Array.Copy(sample.Left, part, part.Length);
        using KernelPair<double> all = executor.Run<double>(sample.Symmetric()), some = executor.Run<double>((sample with { Left = part }).Symmetric());
        for (int i = 0; i < fewer; i++)
        {
            for (int j = 0; j < fewer; j++)
            {
                Assert.Equal(all.Nngp[i, j], some.Nngp[i, j]);
                Assert.Equal(all.Ntk[i, j], some.Ntk[i, j]);
            }
        }
    });

    private static void DiagonalIsTheMatrixs(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        using KernelPair<double> whole = executor.Run<double>(sample.Symmetric()), diagonal = executor.Diagonal<double>(sample.Symmetric());
        using KernelPair<float> wholeSingle = executor.Run<float>(sample.Symmetric()), single = executor.Diagonal<float>(sample.Symmetric());
        Assert.Equal((sample.Left.GetLength(0), 1), (diagonal.Ntk.Rows, diagonal.Ntk.Columns));
        for (int i = 0; i < sample.Left.GetLength(0); i++)
        {
            Assert.Equal(whole.Nngp[i, i], diagonal.Nngp[i, 0]);
            Assert.Equal(whole.Ntk[i, i], diagonal.Ntk[i, 0]);
            Assert.Equal(wholeSingle.Nngp[i, i], single.Nngp[i, 0]);
            Assert.Equal(wholeSingle.Ntk[i, i], single.Ntk[i, 0]);
        }
    });

    private static void OneKernelIsThatOfBoth(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        using KernelPair<double> both = executor.Run<double>(sample.Symmetric());
        using KernelPair<double> nngp = executor.Run<double>(sample.Symmetric(KernelOutputs.Nngp));
        using KernelPair<double> ntk = executor.Run<double>(sample.Symmetric(KernelOutputs.Ntk));
        RequireEqual(both.Nngp, nngp.Nngp);
        RequireEqual(both.Ntk, ntk.Ntk);
        Assert.Throws<InvalidOperationException>(() => nngp.Ntk);
        Assert.Throws<InvalidOperationException>(() => ntk.Nngp);
    });

    private static void PermutingSamplesPermutesEntries(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        int count = sample.Left.GetLength(0), size = sample.Left.GetLength(1);
        double[,] reversed = new double[count, size];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < size; j++) reversed[i, j] = sample.Left[count - 1 - i, j];
        }

        using KernelPair<double> straight = executor.Run<double>(sample.Symmetric());
        using KernelPair<double> turned = executor.Run<double>((sample with { Left = reversed }).Symmetric());
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                AssertEntry(family, i != j, straight.Nngp, straight.Nngp[i, j], turned.Nngp[count - 1 - i, count - 1 - j]);
                AssertEntry(family, i != j, straight.Ntk, straight.Ntk[i, j], turned.Ntk[count - 1 - i, count - 1 - j]);
            }
        }
    });

    private static void ExchangingSidesTransposes(IKernelExecutor executor, ProgramFamily family) => ForAll(family, sample =>
    {
        using KernelPair<double> straight = executor.Run<double>(sample.Cross());
        using KernelPair<double> turned = executor.Run<double>((sample with { Left = sample.Right, Right = sample.Left }).Cross());
        for (int i = 0; i < sample.Left.GetLength(0); i++)
        {
            for (int j = 0; j < sample.Right.GetLength(0); j++)
            {
                AssertEntry(family, true, straight.Nngp, straight.Nngp[i, j], turned.Nngp[j, i]);
                AssertEntry(family, true, straight.Ntk, straight.Ntk[i, j], turned.Ntk[j, i]);
            }
        }
    });

    /// <summary>The same bits, or where the sides were exchanged and the family sums in another order then, the same to rounding.</summary>
    private static void AssertEntry(ProgramFamily family, bool exchanged, KernelMatrix<double> of, double expected, double actual)
    {
        if (!exchanged || family.MirrorsExactly) Assert.Equal(expected, actual);
        else Assert.InRange(Math.Abs(actual - expected), 0, DoubleTolerance * Largest(of));
    }

    /// <summary>K of a bias-free ReLU layer is ½q and κ̇(1) is ½, so with weight variance 2 K stays and Θ counts layers, exactly.</summary>
    private static void EqualSamplesAreExact(IKernelExecutor executor)
    {
        Step[] steps = [new InputProduct(0, false), .. Enumerable.Range(0, 20).SelectMany(layer => new Step[]
        {
            new Affine(2 * layer + 1, 2 * layer, 2, 0, 2, 0), new Dual(2 * layer + 2, 2 * layer + 1, new Relu()),
        }), new Affine(41, 40, 2, 0, 2, 0)];
        double[,] rows = ProgramGenerator.Rows(new Random(8), 25, 16);
        var sample = new ProgramCase(new KernelProgram(SampleShape.Features(16), [.. steps]), rows, rows);
        using KernelPair<double> cross = executor.Run<double>(sample.Cross()), symmetric = executor.Run<double>(sample.Symmetric());
        using KernelPair<float> single = executor.Run<float>(sample.Cross());
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(symmetric.Ntk[i, i], cross.Ntk[i, i]);
            Assert.InRange(cross.Ntk[i, i] / cross.Nngp[i, i], 21 * (1 - 1e-13), 21 * (1 + 1e-13));
            Assert.InRange(single.Ntk[i, i] / single.Nngp[i, i], 21 * (1 - 1e-5), 21 * (1 + 1e-5));
        }
    }

    private static void ShapesAreChecked(IKernelExecutor executor)
    {
        var program = new KernelProgram(SampleShape.Features(3), [new InputProduct(0, false)]);
        using Samples three = Samples.FromRows(new double[2, 3]), four = Samples.FromRows(new double[2, 4]);
        Assert.Contains("left", Assert.Throws<ShapeMismatchException>(() => executor.Run<double>(new(program, four))).Message);
        Assert.Contains("right", Assert.Throws<ShapeMismatchException>(() => executor.Run<double>(new(program, three, four))).Message);
        Assert.Throws<InvalidArgumentException>(() => executor.Diagonal<double>(new(program, three, three)));
        Assert.Throws<InvalidArgumentException>(() => executor.Run<double>(new(program, three, null, 0)));
    }

    private static void OverflowIsNamed(IKernelExecutor executor)
    {
        var program = new KernelProgram(SampleShape.Features(3), [new InputProduct(0, false), new Affine(1, 0, 1e200, 0, 1, 0)]);
        double[,] rows = new double[300, 3];
        (rows[7, 1], rows[270, 2]) = (1e100, 1e100);
        using var samples = Samples.FromRows(rows);
        string message = Assert.Throws<NumericalFailureException>(() => executor.Run<double>(new(program, samples))).Message;
        Assert.Contains("sample 7 ", message);
        Assert.Contains("step 1 ", message);
        Assert.Contains("right sample 7 ", Assert.Throws<NumericalFailureException>(
            () => executor.Run<double>(new(program, Samples.FromRows(new double[1, 3]), samples))).Message);
        Assert.Contains("sample 7 ", Assert.Throws<NumericalFailureException>(() => executor.Diagonal<double>(new(program, samples))).Message);
    }

    private static void BudgetIsChecked(IKernelExecutor executor)
    {
        var program = new KernelProgram(SampleShape.Features(1), [new InputProduct(0, false)]);
        using var samples = Samples.FromRows(new double[60_000, 1]);
        var options = new ExecutionOptions { MemoryBudget = 1_000_000_000 };
        string message = Assert.Throws<MemoryBudgetException>(() => executor.Run<double>(new(program, samples), options)).Message;
        Assert.Contains("60000 samples", message);
        Assert.Matches("7[0-9]{3} samples would fit", message);
        Assert.Equal(message, Assert.Throws<MemoryBudgetException>(executor.Memory<double>(new KernelSize(program, 60_000), options).Require).Message);
        Assert.True(executor.Memory<double>(new KernelSize(program, 0), options).Fits);
        Assert.Throws<InvalidArgumentException>(() => executor.Memory<double>(new KernelSize(program, -1)));
        Assert.Throws<InvalidArgumentException>(() => executor.Memory<double>(new KernelSize(program, 2, 2, DiagonalOnly: true)));
    }

    private static void CancellationStops(IKernelExecutor executor)
    {
        var program = new KernelProgram(SampleShape.Features(1), [new InputProduct(0, false)]);
        using var samples = Samples.FromRows(new double[5, 1]);
        using var source = new CancellationTokenSource();
        source.Cancel();
        var options = new ExecutionOptions { Cancellation = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => executor.Run<double>(new(program, samples), options));
    }

    private static void ProgressEndsAtTheTotal(IKernelExecutor executor)
    {
        var program = new KernelProgram(SampleShape.Features(1), [new InputProduct(0, false)]);
        using var samples = Samples.FromRows(new double[50, 1]);
        var received = new Recorder();
        using KernelPair<double> pair = executor.Run<double>(new(program, samples), new ExecutionOptions { TileSize = 24, Progress = received });
        Assert.Equal(50 * 51 / 2, received.Reports[^1].Total);
        Assert.Equal(50 * 51 / 2, received.Reports[^1].Done);
        Assert.Equal(50 * 51 / 2, pair.Report.Entries);
        Assert.All(received.Reports, report => Assert.InRange(report.Done, 0, report.Total));
    }

    private static void ForAll(ProgramFamily family, Action<ProgramCase> law, int? largestCount = null, int? tests = null) =>
        Prop.ForAll(family.Cases(largestCount ?? family.LargestCount), law).Check(RandomCases.Of(tests ?? family.Tests, 20250101));

    private static void RequireEqual<T>(KernelPair<T> expected, KernelPair<T> actual)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        RequireEqual(expected.Nngp, actual.Nngp);
        RequireEqual(expected.Ntk, actual.Ntk);
    }

    private static void RequireEqual<T>(KernelMatrix<T> expected, KernelMatrix<T> actual)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (nint i = 0; i < expected.Rows; i++)
        {
            for (nint j = 0; j < expected.Columns; j++) Assert.Equal(expected[i, j], actual[i, j]);
        }
    }

    /// <summary>The largest difference, relative to the largest entry.</summary>
    private static void RequireClose<T>(KernelMatrix<double> expected, KernelMatrix<T> actual, double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal((expected.Rows, expected.Columns, expected.Structure), (actual.Rows, actual.Columns, actual.Structure));
        double largest = 0, difference = 0;
        for (nint i = 0; i < expected.Rows; i++)
        {
            for (nint j = 0; j < expected.Columns; j++)
            {
                double value = double.CreateTruncating(actual[i, j]);
                Assert.True(double.IsFinite(value), $"entry ({i}, {j}) is {value} instead of {expected[i, j]}");
                largest = Math.Max(largest, Math.Abs(expected[i, j]));
                difference = Math.Max(difference, Math.Abs(expected[i, j] - value));
            }
        }

        Assert.True(difference <= tolerance * largest, $"differs by {difference} where the largest entry is {largest}");
    }

    private static double Largest(KernelMatrix<double> matrix)
    {
        double largest = 0;
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j < matrix.Columns; j++) largest = Math.Max(largest, Math.Abs(matrix[i, j]));
        }

        return largest;
    }

    private sealed class Recorder : IProgress<KernelProgress>
    {
        public List<KernelProgress> Reports { get; } = [];

        public void Report(KernelProgress value)
        {
            lock (Reports) Reports.Add(value);
        }
    }
}
