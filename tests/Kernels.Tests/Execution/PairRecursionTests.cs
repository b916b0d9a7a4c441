using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

/// <summary>The oracle has an oracle: each step over positions against matrices written out in full.</summary>
public class PairRecursionTests
{
    [Fact]
    public void Every_step_over_positions_is_its_explicit_matrices() => Prop.ForAll(SpatialProgramGenerator.Cases(), sample =>
    {
        KernelProgram program = sample.Program;
        IReadOnlyList<ValueList<int>> shapes = ProgramShapes.Of(program);
        double[,] rows = ProgramGenerator.Rows(new Random(sample.Right.Length), 2, program.Input.Size);
        double[] x = [.. Enumerable.Range(0, program.Input.Size).Select(i => rows[0, i])], y = [.. x.Select((_, i) => rows[1, i])];
        IReadOnlyList<PairState> Self(double[] z) => new PairRecursion(program.Input, z, z, true, null, null).Run(program);
        IReadOnlyList<PairState> left = Self(x), right = Self(y);
        IReadOnlyList<PairState> pair = new PairRecursion(program.Input, x, y, false, left, right).Run(program);
        foreach (Step step in program.Steps)
        {
            PairState actual = pair[step.Target];
            if (Explicit(step, pair, left, right, shapes) is not { } expected) continue;
            AssertClose(expected.K, actual.K);
            AssertClose(expected.Theta, actual.Theta);
        }
    }).Check(RandomCases.Of(400, 133));

    [Fact]
    public void A_transposed_window_reads_where_its_forward_window_is_read() => Prop.ForAll(
        Gen.Choose(1, 9).SelectMany(extent => Gen.Choose(0, 1_000_000).Select(choice => RandomAxes.Window(extent, choice, mayTranspose: true))).ToArbitrary(),
        window =>
        {
            AxisWindow adjoint = window with { Extent = window.OutputExtent, OutputExtent = window.Extent, Transposed = !window.Transposed };
            for (int p = 0; p < window.OutputExtent; p++)
            {
                for (int tap = 0; tap < window.Filter; tap++)
                {
                    for (int s = 0; s < window.Extent; s++) Assert.Equal(window.Source(p, tap) == s, adjoint.Source(s, tap) == p);
                }
            }
        }).Check(RandomCases.Of(1000, 134));

    [Fact]
    public void A_window_reads_the_padded_array() => Prop.ForAll(
        Gen.Choose(1, 9).SelectMany(extent => Gen.Choose(0, 1_000_000).Select(choice => RandomAxes.Window(extent, choice, mayTranspose: true))).ToArbitrary(),
        window =>
        {
            for (int tap = 0; tap < window.Filter; tap++)
            {
                double[,] shift = ExplicitMatrices.Shift(window, tap);
                for (int p = 0; p < window.OutputExtent; p++)
                {
                    int expected = Enumerable.Range(0, window.Extent).Where(s => shift[p, s] == 1).DefaultIfEmpty(-1).Single();
                    Assert.Equal(expected, window.Source(p, tap));
                }
            }
        }).Check(RandomCases.Of(1000, 135));

    [Fact]
    public void The_weights_of_a_map_are_its_matrix() => Prop.ForAll(
        Gen.Choose(1, 9).SelectMany(extent => Gen.Choose(0, 10_000_000).Select(choice => RandomAxes.Map(extent, choice))).ToArbitrary(),
        map =>
        {
            double[,] matrix = ExplicitMatrices.Matrix(map);
            for (int p = 0; p < map.OutputExtent; p++)
            {
                IReadOnlyList<AxisWeight> weights = map.Weights(p);
                Assert.Equal(weights.Select(weight => weight.Source).Distinct().Order(), weights.Select(weight => weight.Source));
                double[] row = new double[map.Extent];
                foreach (AxisWeight weight in weights) row[weight.Source] = weight.Weight;
                for (int s = 0; s < map.Extent; s++) Assert.Equal(matrix[p, s], row[s], 1e-14);
                if (map is ResizeAxis or GlobalPoolAxis { Average: true } or PoolAxis { Divisor: PoolDivisor.TapsInside } && weights.Count > 0)
                {
                    Assert.Equal(1, row.Sum(), 1e-14);
                }
            }
        }).Check(RandomCases.Of(1000, 136));

    /// <summary>By hand: linear without antialiasing reads between neighbours, with it over 2·3/2 positions; nearest takes ⌊(2p+1)m/2n⌋.</summary>
    [Theory]
    [InlineData(2, 4, ResizeMethod.Linear, false, "1 0 | 0.75 0.25 | 0.25 0.75 | 0 1")]
    [InlineData(4, 2, ResizeMethod.Linear, false, "0.5 0.5 0 0 | 0 0 0.5 0.5")]
    [InlineData(4, 2, ResizeMethod.Linear, true, "0.42857142857 0.42857142857 0.14285714286 0 | 0 0.14285714286 0.42857142857 0.42857142857")]
    [InlineData(3, 2, ResizeMethod.Linear, true, "0.625 0.375 0 | 0 0.375 0.625")]
    [InlineData(3, 2, ResizeMethod.Nearest, true, "1 0 0 | 0 0 1")]
    [InlineData(2, 5, ResizeMethod.Nearest, true, "1 0 | 1 0 | 0 1 | 0 1 | 0 1")]
    [InlineData(3, 3, ResizeMethod.Linear, true, "1 0 0 | 0 1 0 | 0 0 1")]
    public void Resizing_has_the_weights_worked_out_by_hand(int from, int to, ResizeMethod method, bool antialias, string expected) =>
        AssertRows(expected, new ResizeAxis(from, to, method, antialias));

    [Theory]
    [InlineData(PoolDivisor.One, false, "1 1 0 0 | 1 1 1 0 | 0 1 1 1 | 0 0 1 1")]
    [InlineData(PoolDivisor.TapsInside, false, "0.5 0.5 0 0 | 0.333333333333 0.333333333333 0.333333333333 0 | 0 0.333333333333 0.333333333333 0.333333333333 | 0 0 0.5 0.5")]
    [InlineData(PoolDivisor.WindowSize, true, "0.333333333333 0.333333333333 0 0.333333333333 | 0.333333333333 0.333333333333 0.333333333333 0 | 0 0.333333333333 0.333333333333 0.333333333333 | 0.333333333333 0 0.333333333333 0.333333333333")]
    public void Pooling_has_the_weights_worked_out_by_hand(PoolDivisor divisor, bool circular, string expected) =>
        AssertRows(expected, new PoolAxis(new AxisWindow(4, 4, 3, 1, 1, circular), divisor));

    [Fact]
    public void A_window_longer_than_its_ring_counts_positions_as_often_as_it_passes() =>
        AssertRows("0.4 0.6 | 0.6 0.4", new PoolAxis(new AxisWindow(2, 2, 5, 1, 1, Circular: true), PoolDivisor.WindowSize));

    private static void AssertRows(string expected, AxisMap map)
    {
        string[] rows = expected.Split(" | ");
        Assert.Equal(rows.Length, map.OutputExtent);
        for (int p = 0; p < rows.Length; p++)
        {
            double[] row = new double[map.Extent];
            foreach (AxisWeight weight in map.Weights(p)) row[weight.Source] = weight.Weight;
            Assert.Equal(rows[p].Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)), row, (a, b) => Math.Abs(a - b) < 1e-11);
        }
    }

    /// <summary>A step's target from its sources; null for the steps that act entry by entry on covariances.</summary>
    private static PairState? Explicit(
        Step step, IReadOnlyList<PairState> pair, IReadOnlyList<PairState> left, IReadOnlyList<PairState> right, IReadOnlyList<ValueList<int>> shapes)
    {
        switch (step)
        {
            case TapSum taps:
                double[][,] shifts = ExplicitMatrices.Shifts(taps);
                double[,] Mean(double[,] m) => ExplicitMatrices.Sum(shifts.Select(shift => ExplicitMatrices.Sandwich(shift, m)));
                double[,] k = Mean(pair[taps.Source].K), theta = Mean(pair[taps.Source].Theta);
                double w = taps.WeightVariance / shifts.Length, s = taps.NtkScale / shifts.Length;
                bool Written(int p, int q) => !taps.Local || p == q;
                return new(
                    ExplicitMatrices.Each(k, (p, q) => Written(p, q) ? w * k[p, q] + taps.BiasVariance : 0),
                    ExplicitMatrices.Each(k, (p, q) => Written(p, q) ? w * theta[p, q] + s * k[p, q] + taps.NtkShift : 0));
            case MixPositions mix:
                double[,] l = ExplicitMatrices.Mix(mix);
                return new(ExplicitMatrices.Sandwich(l, pair[mix.Source].K), ExplicitMatrices.Sandwich(l, pair[mix.Source].Theta));
            case ConcatPositions concat:
                double[][,] picks = ExplicitMatrices.Picks(concat, shapes);
                double[,] Joined(Func<PairState, double[,]> of) =>
                    ExplicitMatrices.Sum(picks.Select((pick, b) => ExplicitMatrices.Sandwich(pick, of(pair[concat.From[b]]))));
                return new(Joined(z => z.K), Joined(z => z.Theta));
            case Normalize normalize:
                double[,] average = ExplicitMatrices.Mix(new(0, 0, shapes[normalize.Source].Select((extent, axis) => normalize.MeanAxes.Contains(axis)
                    ? new PoolAxis(new AxisWindow(extent, extent, extent, 1, 0, Circular: true), PoolDivisor.WindowSize)
                    : (AxisMap)SliceAxis.Whole(extent)).ToValueList()));
                double Scale(double[,] self, int p) =>
                    Math.Sqrt(normalize.Epsilon + Enumerable.Range(0, self.GetLength(0)).Sum(q => average[p, q] * self[q, q]));
                PairState z = pair[normalize.Source];
                double[,] a = left[normalize.Source].K, b = right[normalize.Source].K;
                return new(
                    ExplicitMatrices.Each(z.K, (p, q) => z.K[p, q] / (Scale(a, p) * Scale(b, q))),
                    ExplicitMatrices.Each(z.K, (p, q) => z.Theta[p, q] / (Scale(a, p) * Scale(b, q))));
            case FlattenPositions flatten:
                int count = pair[flatten.Source].Positions;
                double Trace(double[,] m) => Enumerable.Range(0, count).Sum(p => m[p, p]) / count;
                return new(new[,] { { Trace(pair[flatten.Source].K) } }, new[,] { { Trace(pair[flatten.Source].Theta) } });
            default:
                return null;
        }
    }

    private static void AssertClose(double[,] expected, double[,] actual)
    {
        double largest = expected.Cast<double>().Select(Math.Abs).DefaultIfEmpty(0).Max();
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        for (int i = 0; i < expected.GetLength(0); i++)
        {
            for (int j = 0; j < expected.GetLength(1); j++) Assert.InRange(Math.Abs(expected[i, j] - actual[i, j]), 0, 1e-13 * largest);
        }
    }
}
