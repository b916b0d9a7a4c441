using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.Sampling;

/// <summary>Networks in single precision are those in double precision, rounded.</summary>
public sealed class SinglePrecisionTests
{
    /// <summary>
    /// Relative to the largest entry: eight times the largest error that was measured, 6.4e-7, some ten roundings.
    /// </summary>
    private const double Tolerance = 5e-6;

    public static IEnumerable<object[]> Kinds => LayerKinds.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Outputs_derivatives_and_kernels_are_those_of_double_precision(string kind)
    {
        (FiniteNetwork<double> exact, FiniteNetwork<float> rounded) = Sample(kind, WeightLaw.Gaussian);
        using Samples x = LayerKinds.Inputs(kind, 4, 1);
        using Samples other = LayerKinds.Inputs(kind, 3, 2);
        Close(exact.Outputs(x), rounded.Outputs(x));
        using var u = new KernelMatrix<double>(x.Count, exact.Output.Size);
        for (nint i = 0; i < u.Rows; i++)
        {
            for (nint o = 0; o < u.Columns; o++) u[i, o] = Math.Cos(3 * i + o);
        }

        ParameterSet<double> gradient = exact.Gradient(x, u);
        Close(gradient.ToArray(), Array.ConvertAll(rounded.Gradient(x, u).ToArray(), value => (double)value));
        Close(exact.Tangent(x, exact.RandomDirection(5, 0)), rounded.Tangent(x, rounded.RandomDirection(5, 0)));
        if (exact.Output.Positions.Count == 0) Close(EmpiricalNngp.Compute(exact, x, other), EmpiricalNngp.Compute(rounded, x, other));
        foreach (OutputDirections directions in new[] { OutputDirections.Full, OutputDirections.Trace })
        {
            Close(EmpiricalNtk.Compute(exact, x, null, directions).Total, EmpiricalNtk.Compute(rounded, x, null, directions).Total);
            Close(EmpiricalNtk.Compute(exact, x, other, directions).Total, EmpiricalNtk.Compute(rounded, x, other, directions).Total);
        }
    }

    [Theory]
    [InlineData("conv", WeightLaw.Gaussian)]
    [InlineData("conv local standard", WeightLaw.Orthogonal)]
    [InlineData("standard", WeightLaw.Orthogonal)]
    public void Weights_are_those_of_double_precision_rounded_once(string kind, WeightLaw law)
    {
        (FiniteNetwork<double> exact, FiniteNetwork<float> rounded) = Sample(kind, law);
        Assert.Equal(Array.ConvertAll(exact.Parameters.ToArray(), value => (float)value), rounded.Parameters.ToArray());
    }

    /// <summary>Wide enough that products, Grams and draws are shared among threads.</summary>
    [Fact]
    public void Threads_change_no_bit_in_either_precision()
    {
        Network network = Dense(1.4, 0.1, width: 520) >> Relu >> Dense(1.3, 0.2, width: 501) >> Erf() >> Dense(width: 7);
        using Samples x = LayerKinds.Inputs("dense", 37, 1);
        Check<double>();
        Check<float>();

        void Check<T>() where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            FiniteNetwork<T> one = FiniteNetwork.Sample<T>(network, x.Shape, 3, new() { Threads = 1 });
            FiniteNetwork<T> four = FiniteNetwork.Sample<T>(network, x.Shape, 3, new() { Threads = 4 });
            Assert.Equal(one.Parameters.ToArray(), four.Parameters.ToArray());
            using EmpiricalNtk a = EmpiricalNtk.Compute(one, x, directions: OutputDirections.Full);
            using EmpiricalNtk b = EmpiricalNtk.Compute(four, x, directions: OutputDirections.Full);
            Assert.Equal(a.Total.ToArray(), b.Total.ToArray());
        }
    }

    [Fact]
    public void Monte_Carlo_kernels_are_means_of_its_networks_on_any_number_of_threads()
    {
        Network network = new Widths(24, 24).ApplyTo(Dense(1.4, 0.2) >> Relu >> Dense(1.1, 0.1));
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        MonteCarloKernel single = MonteCarloKernel.Estimate(network, x, null, new() { Draws = 40, Threads = 1, NumberType = NumberType.Float32 });
        MonteCarloKernel shared = MonteCarloKernel.Estimate(network, x, null, new() { Draws = 40, Threads = 3, NumberType = NumberType.Float32 });
        MonteCarloKernel exact = MonteCarloKernel.Estimate(network, x, null, new() { Draws = 40 });
        Assert.Equal(single.Ntk!.Mean(1, 2), shared.Ntk!.Mean(1, 2));
        Assert.NotEqual(exact.Ntk!.Mean(1, 2), single.Ntk.Mean(1, 2));
        Assert.Equal(exact.Ntk.Mean(1, 2), single.Ntk.Mean(1, 2), Tolerance * exact.Ntk.Mean(1, 1));
        Assert.Equal(exact.Nngp!.Mean(0, 2), single.Nngp!.Mean(0, 2), Tolerance * exact.Nngp.Mean(0, 0));
    }

    [Fact]
    public void Training_takes_the_same_path()
    {
        (FiniteNetwork<double> exact, FiniteNetwork<float> rounded) = Sample("activation", WeightLaw.Gaussian);
        using Samples x = LayerKinds.Inputs("activation", 5, 1);
        using KernelMatrix<double> y = KernelMatrix<double>.From(new double[5, 3]);
        for (int i = 0; i < 5; i++) y[i, i % 3] = 1;
        var options = new TrainingOptions { LearningRate = 0.3, Momentum = 0.5, RecordAt = [60] };
        TrainingRecord<double, FiniteNetwork<double>> expected = GradientDescent.Train(exact, x, y, null, options).End;
        TrainingRecord<float, FiniteNetwork<float>> actual = GradientDescent.Train(rounded, x, y, null, options).End;
        Assert.Equal(expected.Loss, actual.Loss, 1e-5);
        Assert.True(expected.Loss < 0.1);
    }

    private static (FiniteNetwork<double>, FiniteNetwork<float>) Sample(string kind, WeightLaw law)
    {
        FiniteNetwork<double> named = LayerKinds.Sample(kind);
        var options = new SamplingOptions { Weights = law };
        return (FiniteNetwork.Sample(named.Network, named.Input, 3, options), FiniteNetwork.Sample<float>(named.Network, named.Input, 3, options));
    }

    private static void Close(KernelMatrix<double> expected, KernelMatrix<double> actual) =>
        Close([.. expected.ToArray().Cast<double>()], [.. actual.ToArray().Cast<double>()]);

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double error = expected.Zip(actual, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Max();
        Assert.True(error <= Tolerance * scale, $"{error / scale}");
    }
}
