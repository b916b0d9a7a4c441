using InfiniteNtk.Compositional.Text;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Published;

/// <summary>
/// Networks that learn a permutation from its k basis vectors, asked for vectors with m ones. The published experiment trained 69
/// networks of width 50,000 in standard parameterization, whose readout gradient dominates: its means 0.6173 and −0.0224 with spread
/// 0.0798 (k = 10, m = 2) are those of the NNGP kernel, not of the NTK.
/// </summary>
public sealed class PermutationLearningTests
{
    [Theory]
    [InlineData(10, 0.617941, -0.023259, 0.079257)]
    [InlineData(14, 0.623704, -0.017495, 0.066688)]
    public void The_readout_kernel_gives_the_published_means_and_spread(int k, double hot, double cold, double spread)
    {
        (Samples train, Samples test, KernelMatrix<double> y) = Problem(k, 2);
        Network network = NetworkText.Parse("Dense >> Relu >> Dense");
        using KernelPair<double> trained = network.Kernels(train), cross = network.Kernels(test, train), self = network.Kernels(test);
        using var process = GaussianProcess.Fit(trained.Nngp, y, Ridge.Absolute(0));
        using Posterior posterior = process.Predict(cross.Nngp, self.Nngp);
        Assert.Equal(hot, posterior.Mean[0, 0], 1e-6);
        Assert.Equal(hot, posterior.Mean[0, 1], 1e-6);
        Assert.Equal(cold, posterior.Mean[0, 2], 1e-6);
        Assert.Equal(spread, Math.Sqrt(posterior.Variance(0)), 1e-6);
    }

    [Theory]
    [InlineData(10, 2, 0.565422, -0.009850, 0.006518786)]
    [InlineData(5, 2, 0.560632, -0.014640, 0.013235)]
    [InlineData(5, 3, 0.411078, -0.032024, 0.019086)]
    [InlineData(5, 5, 0.263935, 0.263935, double.NaN)]
    public void All_layers_trained_alike_would_give_others(int k, int m, double hot, double cold, double variance)
    {
        (Samples train, Samples test, KernelMatrix<double> y) = Problem(k, m);
        using Posterior posterior = Ensemble(NetworkText.Parse("Dense >> Relu >> Dense"), train, test, y);
        Assert.Equal(hot, posterior.Mean[0, 0], 1e-6);
        Assert.Equal(cold, posterior.Mean[0, k - 1], 1e-6);
        if (!double.IsNaN(variance)) Assert.Equal(variance, posterior.Variance(0), 1e-6);
    }

    [Fact]
    public void Standard_parameterization_at_the_published_width_is_the_readout_kernel()
    {
        (Samples train, Samples test, KernelMatrix<double> y) = Problem(10, 2);
        Network network = NetworkText.Parse("Dense(1, 0, standard, 50000) >> Relu >> Dense(1, 0, standard)");
        using Posterior posterior = Ensemble(network, train, test, y);
        Assert.Equal(0.617941, posterior.Mean[0, 0], 1e-4);
        Assert.Equal(-0.023259, posterior.Mean[0, 9], 1e-4);
        Assert.Equal(0.079257, Math.Sqrt(posterior.Variance(0)), 1e-4);
    }

    private static Posterior Ensemble(Network network, Samples train, Samples test, KernelMatrix<double> y)
    {
        using KernelPair<double> trained = network.Kernels(train), cross = network.Kernels(test, train), self = network.Kernels(test);
        using var ensemble = TrainedEnsemble.AllLayers(trained.Nngp, trained.Ntk, y);
        return ensemble.Predict(double.PositiveInfinity, cross.Nngp, cross.Ntk, self.Nngp);
    }

    /// <summary>Basis vectors with themselves as labels (any permutation of them permutes the answer), and one vector with m ones of length 1.</summary>
    private static (Samples Train, Samples Test, KernelMatrix<double> Labels) Problem(int k, int m)
    {
        var train = new double[k, k];
        var test = new double[1, k];
        for (int i = 0; i < k; i++) train[i, i] = 1;
        for (int i = 0; i < m; i++) test[0, i] = 1 / Math.Sqrt(m);
        return (Samples.FromRows(train), Samples.FromRows(test), KernelMatrix<double>.From(train));
    }
}
