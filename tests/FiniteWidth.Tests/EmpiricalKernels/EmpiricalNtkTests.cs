using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.Kernels.Programs.Axes;
using MathNet.Numerics.LinearAlgebra;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.EmpiricalKernels;

public sealed class EmpiricalNtkTests
{
    public static IEnumerable<object[]> Kinds => LayerKinds.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_sum_over_layers_is_the_product_of_Jacobians(string kind)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples x = LayerKinds.Inputs(kind, 4, 1);
        Matrix<double> jacobian = Jacobian(network, x);
        using EmpiricalNtk ntk = EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full);
        AssertClose(jacobian * jacobian.Transpose(), ntk.Total);
        int column = 0;
        foreach ((NtkPart part, InfiniteNtk.LayerParameters<double> layer) in ntk.Parts.Zip(network.Parameters.Layers))
        {
            Assert.Equal(layer.Path, part.Path);
            Matrix<double> own = jacobian.SubMatrix(0, jacobian.RowCount, column, (int)layer.Count);
            AssertClose(own * own.Transpose(), part.Matrix);
            Assert.True(ToDense(part.Matrix).Evd().EigenValues.Real().Minimum() > -1e-10);
            column += (int)layer.Count;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reduced_forms_are_contractions_of_the_full_one(string kind)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples x = LayerKinds.Inputs(kind, 3, 1);
        int outputs = network.Output.Size;
        using EmpiricalNtk full = EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full);
        using EmpiricalNtk trace = EmpiricalNtk.Compute(network, x);
        using EmpiricalNtk sum = EmpiricalNtk.Compute(network, x, directions: OutputDirections.SumOfOutputs);
        using EmpiricalNtk first = EmpiricalNtk.Compute(network, x, directions: OutputDirections.First(2));
        var rows = new double[2, outputs];
        for (int o = 0; o < outputs; o++) (rows[0, o], rows[1, o]) = (o + 1, Math.Cos(o));
        using EmpiricalNtk projected = EmpiricalNtk.Compute(network, x, directions: OutputDirections.Of(rows));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double Block(Func<int, int, double> weight) => Enumerable.Range(0, outputs).Sum(
                    o => Enumerable.Range(0, outputs).Sum(p => weight(o, p) * full.Total[i * outputs + o, j * outputs + p]));
                Assert.Equal(Block((o, p) => o == p ? 1.0 / outputs : 0), trace.Total[i, j], 1e-11);
                Assert.Equal(Block((o, p) => 1.0 / outputs), sum.Total[i, j], 1e-11);
                Assert.Equal(Block((o, p) => o == p && o < 2 ? 0.5 : 0), first.Total[i, j], 1e-11);
                Assert.Equal(Block((o, p) => rows[0, o] * rows[1, p]), projected.Total[2 * i, 2 * j + 1], 1e-9);
            }
        }
    }

    // Where filters or many positions make both contractions cheap, the two sizes may choose differently.
    [Theory]
    [InlineData("flatten", 0)]
    [InlineData("positions", 0)]
    [InlineData("product", 0)]
    [InlineData("dropout", 0)]
    [InlineData("conv wide", 1e-14)]
    [InlineData("image local", 1e-14)]
    public void A_cross_kernel_is_a_block_of_the_joint_one(string kind, double rounding)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples all = LayerKinds.Inputs(kind, 5, 1);
        using Samples left = LayerKinds.Part(all, 0, 2);
        using Samples right = LayerKinds.Part(all, 2, 3);
        using EmpiricalNtk joint = EmpiricalNtk.Compute(network, all);
        using EmpiricalNtk cross = EmpiricalNtk.Compute(network, left, right);
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++) Assert.InRange(Math.Abs(joint.Total[i, 2 + j] - cross.Total[i, j]), 0, rounding * Math.Sqrt(joint.Total[i, i] * joint.Total[2 + j, 2 + j]));
        }
    }

    /// <summary>Masks of dropout belong to sample numbers, and right samples are numbered after the left ones.</summary>
    [Fact]
    public void A_cross_nngp_kernel_is_a_block_of_the_joint_one()
    {
        FiniteNetwork<double> network = LayerKinds.Sample("dropout");
        using Samples all = LayerKinds.Inputs("dropout", 5, 1), left = LayerKinds.Part(all, 0, 2), right = LayerKinds.Part(all, 2, 3);
        using KernelMatrix<double> joint = EmpiricalNngp.Compute(network, all), cross = EmpiricalNngp.Compute(network, left, right);
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++) Assert.Equal(joint[i, 2 + j], cross[i, j]);
        }
    }

    [Theory]
    [InlineData("positions", 1)]
    [InlineData("flatten", 3000)]
    [InlineData("dense", 200)]
    [InlineData("conv wide", 3000)]
    [InlineData("image conv", 2000)]
    public void Neither_scratch_nor_threads_change_a_bit(string kind, long scratch)
    {
        using Samples x = LayerKinds.Inputs(kind, 6, 1);
        using EmpiricalNtk whole = EmpiricalNtk.Compute(LayerKinds.Sample(kind), x, directions: OutputDirections.Full);
        using EmpiricalNtk pieces = EmpiricalNtk.Compute(
            LayerKinds.Sample(kind, threads: 1), x, directions: OutputDirections.Full, scratch: scratch);
        Assert.Equal(ToDense(whole.Total), ToDense(pieces.Total));
    }

    [Fact]
    public void Both_contractions_occur_among_the_tested_layers()
    {
        var few = new Factors<double>(new Signal<double>(4, new SampleShape([1], 8)), new Signal<double>(4, new SampleShape([1], 8)));
        var many = new Factors<double>(new Signal<double>(4, new SampleShape([30], 2)), new Signal<double>(4, new SampleShape([30], 2)));
        Assert.True(LinearNtkTerm<double>.GramWork(few, few) < LinearNtkTerm<double>.GradientWork(few, few));
        Assert.True(LinearNtkTerm<double>.GramWork(many, many) > LinearNtkTerm<double>.GradientWork(many, many));
        Factors<double> narrow = Filter(channels: 2), wide = Filter(channels: 40);
        Assert.True(LinearNtkTerm<double>.GramWork(narrow, narrow) > LinearNtkTerm<double>.GradientWork(narrow, narrow));
        Assert.True(LinearNtkTerm<double>.GramWork(wide, wide) < LinearNtkTerm<double>.GradientWork(wide, wide));

        static Factors<double> Filter(int channels)
        {
            var shape = new SampleShape([6], channels);
            return new Factors<double>(new Signal<double>(4, shape), new Signal<double>(4, shape), new Patches(shape, [new AxisWindow(6, 6, 3, 1, 1)]));
        }
    }

    /// <summary>
    /// Thirty positions: a pair of samples has 30² products of activations and of gradients, 8 bytes each; gradients of 2 × 2 weights are
    /// there twice. A filter also has 6² products of single positions.
    /// </summary>
    [Fact]
    public void Scratch_bounds_the_samples_of_a_block()
    {
        const int Pair = 8 * 30 * 30 * 2, Gradients = 2 * 8 * 2 * 2, FilterPair = 8 * (36 + 2 * 36);
        var shape = new SampleShape([30], 2);
        var dense = new Factors<double>(new Signal<double>(4, shape), new Signal<double>(4, shape));
        Assert.Equal([1, 1, 2, 4], new long[] { 1, (4 * Pair) - 1, 4 * Pair, 100 * Pair }.Select(scratch => LinearNtkTerm<double>.BlockSize(dense, dense, true, scratch)));
        Assert.Equal([1, 2, 3, 4], new long[] { 1, (3 * Gradients) - 1, 3 * Gradients, 100 * Gradients }.Select(scratch => LinearNtkTerm<double>.BlockSize(dense, dense, false, scratch)));
        var six = new SampleShape([6], 2);
        var filter = new Factors<double>(new Signal<double>(4, six), new Signal<double>(4, six), new Patches(six, [new AxisWindow(6, 6, 3, 1, 1)]));
        Assert.Equal([2, 3], new long[] { (9 * FilterPair) - 1, 9 * FilterPair }.Select(scratch => LinearNtkTerm<double>.BlockSize(filter, filter, true, scratch)));

        // Two directions: gradients of each, and every product of two.
        var both = new Factors<double>(new Signal<double>(4, shape), new Signal<double>(8, shape));
        Assert.Equal(2, LinearNtkTerm<double>.BlockSize(both, both, true, 4 * 8 * 30 * 30 * (1 + 4)));
        Assert.Equal(3, LinearNtkTerm<double>.BlockSize(both, both, false, 3 * 2 * Gradients));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Products_with_vectors_need_no_matrix(string kind)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples x = LayerKinds.Inputs(kind, 3, 1);
        int outputs = network.Output.Size;
        using var vector = new KernelMatrix<double>(3, outputs);
        for (int i = 0; i < 3 * outputs; i++) vector[i / outputs, i % outputs] = Math.Sin(i + 1);
        using EmpiricalNtk full = EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full);
        using KernelMatrix<double> product = NtkVectorProduct.Compute(network, x, null, vector);
        for (int row = 0; row < 3 * outputs; row++)
        {
            double expected = Enumerable.Range(0, 3 * outputs).Sum(k => full.Total[row, k] * vector[k / outputs, k % outputs]);
            Assert.Equal(expected, product[row / outputs, row % outputs], 1e-10);
        }
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("layer norm")]
    [InlineData("flatten")]
    public void Random_tangents_estimate_the_trace(string kind)
    {
        const int Tangents = 4000;
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples x = LayerKinds.Inputs(kind, 3, 1);
        using EmpiricalNtk ntk = EmpiricalNtk.Compute(network, x);
        using KernelMatrix<double> estimate = RandomTangentNtk.Compute(network, x, Tangents, 12);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double scale = Math.Sqrt(ntk.Total[i, i] * ntk.Total[j, j]);
                Assert.Equal(ntk.Total[i, j], estimate[i, j], 5 * scale * Math.Sqrt(2.0 / Tangents));
            }
        }
    }

    [Fact]
    public void The_pseudo_kernel_approaches_the_trace_as_width_grows()
    {
        double narrow = PseudoError(32);
        double wide = PseudoError(128);
        Assert.Equal(0.5, wide / narrow, 0.1);

        static double PseudoError(int width)
        {
            using Samples x = LayerKinds.Inputs("dense", 3, 1);
            double sum = 0;
            for (uint draw = 0; draw < 200; draw++)
            {
                FiniteNetwork<double> network = FiniteNetwork.Sample(
                    Dense(1.2) >> Relu >> Dense(1.4) >> Relu >> Dense(), x.Shape, new Widths(width, 4), 1, new() { Draw = draw });
                using EmpiricalNtk trace = EmpiricalNtk.Compute(network, x);
                using EmpiricalNtk pseudo = EmpiricalNtk.Compute(network, x, directions: OutputDirections.SumOfOutputs);
                sum += (ToDense(trace.Total) - ToDense(pseudo.Total)).FrobeniusNorm() / ToDense(trace.Total).FrobeniusNorm();
            }

            return sum;
        }
    }

    [Fact]
    public void Random_projections_estimate_the_trace_without_bias()
    {
        const int Seeds = 2000;
        FiniteNetwork<double> network = LayerKinds.Sample("sum");
        using Samples x = LayerKinds.Inputs("sum", 2, 1);
        using EmpiricalNtk trace = EmpiricalNtk.Compute(network, x);
        double mean = 0, square = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            using EmpiricalNtk projected = EmpiricalNtk.Compute(network, x, directions: OutputDirections.RandomProjections(2, seed));
            double error = projected.Total[0, 1] - trace.Total[0, 1];
            mean += error / Seeds;
            square += error * error / Seeds;
        }

        Assert.Equal(0, mean, 4 * Math.Sqrt(square / Seeds));
        Assert.True(Math.Sqrt(square / Seeds) < 0.03 * trace.Total[0, 0]);
        using EmpiricalNtk many = EmpiricalNtk.Compute(network, x, directions: OutputDirections.RandomProjections(4000, 1));
        Assert.Equal(trace.Total[0, 1], many.Total[0, 1], 5 * Math.Sqrt(square * 2 / 4000));
    }

    [Fact]
    public void The_channel_mean_of_outputs_is_the_nngp_kernel()
    {
        FiniteNetwork<double> network = LayerKinds.Sample("flatten");
        using Samples x = LayerKinds.Inputs("flatten", 3, 1);
        using KernelMatrix<double> f = network.Outputs(x);
        using KernelMatrix<double> kernel = EmpiricalNngp.Compute(network, x);
        Matrix<double> outputs = ToDense(f);
        AssertClose(outputs * outputs.Transpose() / 3, kernel);
    }

    [Fact]
    public void No_samples_give_an_empty_kernel_and_no_parameters_a_zero_one()
    {
        using Samples none = LayerKinds.Inputs("dense", 0, 1);
        using EmpiricalNtk empty = EmpiricalNtk.Compute(LayerKinds.Sample("dense"), none);
        Assert.Equal(0, empty.Total.Rows);
        using Samples x = LayerKinds.Inputs("identity", 2, 1);
        using EmpiricalNtk zero = EmpiricalNtk.Compute(LayerKinds.Sample("identity"), x);
        Assert.Empty(zero.Parts);
        Assert.Equal(0, zero.Total[0, 1]);
    }

    [Fact]
    public void Kernels_tell_how_far_they_are_and_stop_when_told()
    {
        FiniteNetwork<double> network = LayerKinds.Sample("dense");
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        var layers = new Reports();
        using EmpiricalNtk ntk = EmpiricalNtk.Compute(network, x, progress: layers);
        Assert.Equal(Enumerable.Range(1, ntk.Parts.Count), layers.All.Select(layer => (int)layer.Done));
        Assert.Contains(ntk.Parts[0].Path, ntk.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{network.Parameters.Count} parameters", network.ToString(), StringComparison.Ordinal);
        var directions = new Reports();
        RandomTangentNtk.Compute(network, x, 3, 1, directions).Dispose();
        Assert.Equal([1, 2, 3], directions.All.Select(direction => (int)direction.Done));

        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => EmpiricalNtk.Compute(network, x, cancellation: stopped.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => EmpiricalNngp.Compute(network, x, cancellation: stopped.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => RandomTangentNtk.Compute(network, x, 3, 1, cancellation: stopped.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => FiniteNetwork.Sample(network.Network, network.Input, 1, new() { Cancellation = stopped.Token }));
    }

    [Fact]
    public void Wrong_shapes_are_refused_with_numbers()
    {
        using Samples x = LayerKinds.Inputs("flatten", 2, 1);
        Assert.Contains("4 features", Assert.Throws<ShapeMismatchException>(() => EmpiricalNtk.Compute(LayerKinds.Sample("dense"), x)).Message);
        using Samples positions = LayerKinds.Inputs("positions", 2, 1);
        Assert.Contains("Flatten", Assert.Throws<ShapeMismatchException>(
            () => EmpiricalNngp.Compute(LayerKinds.Sample("positions"), positions)).Message);
        using Samples features = LayerKinds.Inputs("dense", 2, 1);
        Assert.Contains("2 columns", Assert.Throws<ShapeMismatchException>(() => EmpiricalNtk.Compute(
            LayerKinds.Sample("dense"), features, directions: OutputDirections.Of(new double[1, 2]))).Message);
    }

    private static Matrix<double> Jacobian(FiniteNetwork<double> network, Samples x)
    {
        int count = (int)x.Count;
        int outputs = network.Output.Size;
        var rows = new List<double[]>();
        for (int row = 0; row < count * outputs; row++)
        {
            using KernelMatrix<double> unit = KernelMatrix<double>.From(new double[count, outputs]);
            unit[row / outputs, row % outputs] = 1;
            rows.Add(network.Gradient(x, unit).ToArray());
        }

        return rows[0].Length == 0 ? Matrix<double>.Build.Dense(rows.Count, 1) : Matrix<double>.Build.DenseOfRowArrays(rows);
    }

    private static Matrix<double> ToDense(KernelMatrix<double> matrix) =>
        Matrix<double>.Build.Dense((int)matrix.Rows, (int)matrix.Columns, (i, j) => matrix[i, j]);

    private static void AssertClose(Matrix<double> expected, KernelMatrix<double> got)
    {
        for (int i = 0; i < got.Rows; i++)
        {
            for (int j = 0; j < got.Columns; j++) Assert.Equal(expected[i, j], got[i, j], 1e-10);
        }
    }
}
