using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.Sampling;

public sealed class FiniteNetworkTests
{
    private static readonly SampleShape _features = SampleShape.Features(4);

    [Fact]
    public void A_layers_weights_depend_on_its_own_path_and_sizes_alone()
    {
        FiniteNetwork<double> one = FiniteNetwork.Sample(Dense(width: 4) >> Relu >> Dense(width: 3), _features, 1);
        FiniteNetwork<double> other = FiniteNetwork.Sample(LayerNorm() >> Relu >> Dense(width: 3) >> Dense(width: 2), _features, 1);
        Assert.Equal("2", one.Parameters.Layers[1].Path);
        Assert.Equal(one.Parameters.Layers[1].Weights.ToArray(), other.Parameters.Layers[0].Weights.ToArray());
    }

    [Fact]
    public void Parameterizations_differ_in_where_the_standard_deviations_stand()
    {
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        FiniteNetwork<double> ntk = FiniteNetwork.Sample(Dense(1.3, 0.4, width: 5), _features, 1);
        FiniteNetwork<double> standard = FiniteNetwork.Sample(Dense(1.3, 0.4, Standard, 5), _features, 1);
        using KernelMatrix<double> a = ntk.Outputs(x);
        using KernelMatrix<double> b = standard.Outputs(x);
        for (int i = 0; i < 3; i++)
        {
            for (int o = 0; o < 5; o++) Assert.Equal(a[i, o], b[i, o], 1e-14);
        }

        Assert.Equal(
            ntk.Parameters.Layers[0].Weights.ToArray().Select(w => w * 1.3 / 2), standard.Parameters.Layers[0].Weights.ToArray());
        Assert.Equal(ntk.Parameters.Layers[0].Biases.ToArray().Select(b => b * 0.4), standard.Parameters.Layers[0].Biases.ToArray());
    }

    [Fact]
    public void Orthogonal_weights_keep_lengths()
    {
        using Samples x = LayerKinds.Inputs("dense", 1, 1);
        FiniteNetwork<double> network = FiniteNetwork.Sample(
            Dense(width: 4) >> Dense(width: 4), _features, 1, new() { Weights = WeightLaw.Orthogonal });
        using KernelMatrix<double> f = network.Outputs(x);
        Assert.Equal(Squared(x.Rows), Squared(f), 1e-12);

        static double Squared(KernelMatrix<double> row) => Enumerable.Range(0, (int)row.Columns).Sum(c => row[0, c] * row[0, c]);
    }

    /// <summary>Four outputs of six numbers at each of five positions: rows of length √6, and no position has another's.</summary>
    [Fact]
    public void Positions_with_weights_of_their_own_have_orthogonal_matrices_of_their_own()
    {
        const int Outputs = 4, Inputs = 6, Positions = 5;
        FiniteNetwork<double> network = FiniteNetwork.Sample(
            ConvLocal(3, width: Outputs), new SampleShape([Positions], 2), 1, new() { Weights = WeightLaw.Orthogonal });
        double[][] matrices = [.. network.Parameters.Layers[0].Weights.ToArray().Chunk(Outputs * Inputs)];
        Assert.Equal(Positions, matrices.Length);
        foreach (double[] matrix in matrices)
        {
            for (int i = 0; i < Outputs; i++)
            {
                for (int j = 0; j < Outputs; j++)
                {
                    Assert.Equal(i == j ? Inputs : 0, Enumerable.Range(0, Inputs).Sum(k => matrix[i * Inputs + k] * matrix[j * Inputs + k]), 1e-12);
                }
            }
        }

        Assert.Equal(Positions, matrices.Select(matrix => matrix[0]).Distinct().Count());
    }

    [Theory]
    [InlineData("Dense >> Relu >> Dense", "Dense(width: 64) >> Relu >> Dense(width: 3)")]
    [InlineData("Dense(width: 512) >> Relu >> Dense(parameterization: standard, width: 10)", "Dense(width: 64) >> Relu >> Dense(parameterization: standard, width: 3)")]
    [InlineData("Concat(Dense(width: 10) >> Relu, Dense(width: 30) >> Relu) >> Dense", "Concat(Dense(width: 21) >> Relu, Dense(width: 64) >> Relu) >> Dense(width: 3)")]
    [InlineData("Dense >> Identity + (Relu >> Dense >> Relu >> Dense)", "Dense(width: 3) >> Identity + (Relu >> Dense(width: 64) >> Relu >> Dense(width: 3))")]
    [InlineData("Repeat(3, Dense >> Relu)", "Repeat(2, Dense(width: 64) >> Relu) >> Dense(width: 3) >> Relu")]
    [InlineData("Repeat(2, Identity + (Relu >> Dense)) >> Dense", "Repeat(2, Identity + (Relu >> Dense(width: 64))) >> Dense(width: 3)")]
    [InlineData("Dense >> Repeat(0, Relu >> Dense)", "Dense(width: 3) >> Repeat(0, Relu >> Dense(width: 3))")]
    [InlineData("Dense >> Flatten", "Dense(width: 3) >> Flatten")]
    public void Widths_go_to_hidden_and_output_layers(string text, string expected) =>
        Assert.Equal(Compositional.Text.NetworkText.Parse(expected), new Widths(64, 3).ApplyTo(Compositional.Text.NetworkText.Parse(text)));

    [Fact]
    public void Dropout_masks_belong_to_sample_numbers()
    {
        Network network = Dropout(0.5);
        using Samples x = LayerKinds.Inputs("dense", 6, 1);
        FiniteNetwork<double> sampled = FiniteNetwork.Sample(network, _features, 1);
        using KernelMatrix<double> whole = sampled.Outputs(x);
        double[] kept = [.. Enumerable.Range(0, 24).Select(i => whole[i / 4, i % 4] / x.Rows[i / 4, i % 4])];
        Assert.All(kept, factor => Assert.True(factor is 0 or 2));
        Assert.Contains(0, kept);
        Assert.Contains(2, kept);
        using var memory = new Layers.SignalMemory<double>();
        Layers.Signal<double> later = sampled.Run(x, memory, firstSample: 6).Output;
        Assert.NotEqual(Enumerable.Range(0, 24).Select(i => whole[i / 4, i % 4]), later.Values.ToArray());
    }

    [Fact]
    public void Bad_requests_are_refused_with_a_remedy()
    {
        Assert.Contains("no width", Assert.Throws<InvalidArgumentException>(() => FiniteNetwork.Sample(Relu >> Dense(), _features, 1)).Message);
        Assert.Contains("hidden width is 0", Assert.Throws<InvalidArgumentException>(() => new Widths(0)).Message);
        Assert.Contains("smaller widths", Assert.Throws<MemoryBudgetException>(
            () => FiniteNetwork.Sample(Dense(width: 10000) >> Dense(width: 10000), _features, 1, new() { MemoryBudget = 1 << 20 })).Message);
        // Each of the two matrices fits alone, and both together do not.
        Assert.Contains("the weights up to 1 (100 × 100)", Assert.Throws<MemoryBudgetException>(
            () => FiniteNetwork.Sample(Dense(width: 100) >> Dense(width: 100), SampleShape.Features(100), 1, new() { MemoryBudget = 120_000 })).Message);
        Assert.Contains("60000 × 60000", Assert.Throws<MemoryBudgetException>(
            () => FiniteNetwork.Sample(Repeat(2, Dense()), _features, new Widths(60_000, 60_000), 1, new() { MemoryBudget = long.MaxValue })).Message);
        Assert.Contains("3 features and 5 features", Assert.Throws<ShapeMismatchException>(
            () => FiniteNetwork.Sample(Dense(width: 3) + Dense(width: 5), _features, 1)).Message);
        FiniteNetwork<double> network = FiniteNetwork.Sample(Dense(width: 3), _features, 1);
        Assert.Throws<ShapeMismatchException>(() => network.With(new ParameterSet<double>([])));
        using Samples x = LayerKinds.Inputs("dense", 2, 1);
        using var wrong = new KernelMatrix<double>(2, 2);
        Assert.Contains("2 × 3", Assert.Throws<ShapeMismatchException>(() => network.Gradient(x, wrong)).Message);
    }
}
