using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.Training;

/// <summary>Layers with learning rates of their own, and frozen ones.</summary>
public sealed class LearningRateTests
{
    private const double Rate = 0.3;

    [Fact]
    public void A_rate_multiplies_the_layers_gradient_and_its_term_of_the_kernel()
    {
        using Samples x = LayerKinds.Inputs("conv", 3, 1);
        FiniteNetwork<double> plain = Sample(1, trainable: true), rated = Sample(Rate, trainable: true);
        using EmpiricalNtk before = EmpiricalNtk.Compute(plain, x), after = EmpiricalNtk.Compute(rated, x);
        using KernelMatrix<double> u = plain.Outputs(x);
        ParameterSet<double> one = plain.Gradient(x, u), two = rated.Gradient(x, u);
        double[] rates = [Rate, Rate, 1];
        for (int layer = 0; layer < rates.Length; layer++)
        {
            Assert.Equal(before.Parts[layer].Matrix[0, 1] * rates[layer], after.Parts[layer].Matrix[0, 1], 1e-12);
            Assert.Equal(one.Layers[layer].Weights.Span[1] * rates[layer], two.Layers[layer].Weights.Span[1], 1e-12);
            if (!one.Layers[layer].Biases.IsEmpty) Assert.Equal(one.Layers[layer].Biases.Span[1] * rates[layer], two.Layers[layer].Biases.Span[1], 1e-12);
        }
    }

    [Fact]
    public void All_routes_to_the_kernel_know_the_rates()
    {
        const int Tangents = 4000;
        using Samples x = LayerKinds.Inputs("conv", 3, 1);
        FiniteNetwork<double> network = Sample(Rate, trainable: true);
        using EmpiricalNtk full = EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full), trace = EmpiricalNtk.Compute(network, x);
        using KernelMatrix<double> u = network.Outputs(x), product = NtkVectorProduct.Compute(network, x, null, u);
        using KernelMatrix<double> estimate = RandomTangentNtk.Compute(network, x, Tangents, 12);
        for (int i = 0; i < 3; i++)
        {
            double expected = Enumerable.Range(0, 6).Sum(k => full.Total[2 * i, k] * u[k / 2, k % 2]);
            Assert.Equal(expected, product[i, 0], 1e-10);
            for (int j = 0; j < 3; j++)
            {
                double scale = Math.Sqrt(trace.Total[i, i] * trace.Total[j, j]);
                Assert.Equal(trace.Total[i, j], estimate[i, j], 5 * scale * Math.Sqrt(2.0 / Tangents));
            }
        }
    }

    [Fact]
    public void Training_leaves_frozen_layers_where_they_are()
    {
        using Samples x = LayerKinds.Inputs("conv", 3, 1);
        FiniteNetwork<double> network = Sample(1, trainable: false);
        using KernelMatrix<double> targets = KernelMatrix<double>.From(new double[3, 2]);
        targets[0, 0] = 1;
        ParameterSet<double> trained = GradientDescent.Train(network, x, targets, null, new() { RecordAt = [5] }).Model.Parameters;
        for (int layer = 0; layer < 2; layer++)
        {
            Assert.Equal(network.Parameters.Layers[layer].Weights.ToArray(), trained.Layers[layer].Weights.ToArray());
            Assert.Equal(network.Parameters.Layers[layer].Biases.ToArray(), trained.Layers[layer].Biases.ToArray());
        }

        Assert.NotEqual(network.Parameters.Layers[2].Weights.ToArray(), trained.Layers[2].Weights.ToArray());
    }

    private static FiniteNetwork<double> Sample(double rate, bool trainable) => FiniteNetwork.Sample(
        Conv(3, biasStd: 0.3, width: 3, trainable: trainable, learningRate: rate) >> Erf()
            >> ConvLocal(2, biasStd: 0.2, width: 3, trainable: trainable, learningRate: rate) >> Erf() >> Flatten >> Dense(width: 2),
        new SampleShape([5], 2), 4);
}
