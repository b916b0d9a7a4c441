using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.Published;

/// <summary>
/// How q = |z|²/n scatters from network to network, as n·Var q/K², after l layers of width n: D. Roberts, S. Yaida, B. Hanin, "The
/// Principles of Deep Learning Theory", 2022, chapters 4 and 5; for orthogonal weights H. Day, Y. Kahn, D. Roberts, 2023.
/// </summary>
public sealed class LayerFluctuationTests
{
    private const int Width = 48;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Relu_layers_add_five_each_to_two(int layers)
    {
        // E q²/K² = (1 + 2/n)(1 + 5/n)^(l−1) exactly, so 2 + 5(l − 1) in leading order.
        double exact = Width * ((1 + 2.0 / Width) * Math.Pow(1 + 5.0 / Width, layers - 1) - 1);
        Assert.InRange(exact / (2 + 5 * (layers - 1)), 0.99, 1.3);
        Assert.Equal(1, Fluctuation(Chain(layers, Relu, Sqrt2), 6000, WeightLaw.Gaussian) / exact, 0.15);
    }

    [Fact]
    public void Tanh_at_criticality_grows_by_two_thirds_a_layer_and_not_at_all_with_orthogonal_weights()
    {
        // Simulated at width 300 elsewhere: 2.07, 3.88 and 5.82 at layers 1, 4 and 7; orthogonal 0, 0.226 and 0.169.
        Assert.Equal(2, Fluctuation(Chain(1, Tanh, 1), 3000, WeightLaw.Gaussian), 0.25);
        Assert.Equal(3.88, Fluctuation(Chain(4, Tanh, 1), 3000, WeightLaw.Gaussian), 0.5);
        Assert.Equal(5.82, Fluctuation(Chain(7, Tanh, 1), 3000, WeightLaw.Gaussian), 0.9);
        Assert.Equal(0, Fluctuation(Chain(1, Tanh, 1), 10, WeightLaw.Orthogonal), 1e-20);
        Assert.InRange(Fluctuation(Chain(4, Tanh, 1), 600, WeightLaw.Orthogonal), 0.1, 0.35);
        Assert.InRange(Fluctuation(Chain(7, Tanh, 1), 600, WeightLaw.Orthogonal), 0.08, 0.3);
    }

    [Theory]
    [InlineData("Gelu", 1.98305826, 0.17292239, 3.56155281)]
    [InlineData("Swish", 1.98800468, 0.55514317, 14.32017276)]
    public void Half_stable_points_are_critical(string name, double weightVariance, double biasVariance, double fixedPoint)
    {
        Network activation = name == "Gelu" ? Gelu : Swish;
        Network layer = Dense() >> activation >> Dense(Math.Sqrt(weightVariance), Math.Sqrt(biasVariance));
        (double k, double theta) = At(fixedPoint);
        Assert.Equal(fixedPoint, k, 1e-6);
        Assert.Equal(1, (theta - k) / fixedPoint, 1e-6); // the perpendicular susceptibility
        Assert.Equal(1, (At(fixedPoint + 1e-3).K - At(fixedPoint - 1e-3).K) / 2e-3, 1e-5); // the parallel one

        (double K, double Theta) At(double variance)
        {
            using var x = Samples.FromRows(new[,] { { Math.Sqrt(variance) } });
            using KernelPair<double> pair = layer.Kernels(x);
            return (pair.Nngp[0, 0], pair.Ntk[0, 0]);
        }
    }

    private static Network Chain(int layers, Network activation, double weightStd) =>
        Dense(weightStd) >> Repeat(layers - 1, activation >> Dense(weightStd));

    private static double Fluctuation(Network network, int draws, WeightLaw weights)
    {
        var point = new double[1, Width];
        for (int k = 0; k < Width; k++) point[0, k] = k % 2 == 0 ? 1 : -1;
        using var x = Samples.FromRows(point);
        MonteCarloKernel sampled = MonteCarloKernel.Estimate(
            new Widths(Width, Width).ApplyTo(network), x, null, new() { Seed = 5, Draws = draws, Outputs = KernelOutputs.Nngp, Weights = weights });
        return Width * sampled.Nngp!.Variance(0, 0) / Math.Pow(sampled.Nngp.Mean(0, 0), 2);
    }
}
