using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Text;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests.Latex;

public sealed class NetworkLatexTests
{
    [Fact]
    public void A_relu_network_gives_the_recursion_of_the_papers()
    {
        string latex = NetworkLatex.Equations(Dense(Sqrt2, 0.1) >> Relu >> Dense(), SampleShape.Features(784));
        Assert.Contains(@"K^{(0)} &= \frac{\langle x, x' \rangle}{784}, & \Theta^{(0)} &= 0 && \text{(input)}", latex, StringComparison.Ordinal);
        Assert.Contains(@"K^{(1)} &= 2\,K^{(0)} + 0.01, & \Theta^{(1)} &= K^{(1)} && \text{(Dense)}", latex, StringComparison.Ordinal);
        Assert.Contains(@"K^{(2)} &= V_{\phi_{1}}\bigl(p^{(1)}, q^{(1)}, K^{(1)}\bigr), & \Theta^{(2)} &= \Theta^{(1)}\,\dot{V}_{\phi_{1}}\bigl(p^{(1)}, q^{(1)}, K^{(1)}\bigr)", latex, StringComparison.Ordinal);
        Assert.Contains(@"K^{(3)} &= K^{(2)}, & \Theta^{(3)} &= K^{(3)} + \Theta^{(2)}", latex, StringComparison.Ordinal);
        Assert.Contains(@"V_{\phi_{1}} &= \frac{1}{2\pi}\Bigl(\sqrt{pq - k^2} + (\pi - \vartheta)\,k\Bigr)", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_parameterization_shows_its_fan_in() => Assert.Contains(
        @"\Theta^{(1)} &= 784\,K^{(0)} + 1 && \text{(Dense)}",
        NetworkLatex.Equations(Dense(2, 0.5, Standard), SampleShape.Features(784)), StringComparison.Ordinal);

    [Fact]
    public void Convolutions_show_their_geometry_and_their_maps_are_explained()
    {
        string latex = NetworkLatex.Equations(
            Conv(3, 2, strides: [2, 1], padding: Circular, weightStd: Sqrt2, biasStd: 0.1) >> Relu >> Conv(3, 3) >> GlobalAveragePool, new SampleShape([4, 4], 3));
        Assert.Contains(@"K^{(1)}_{ss'} &= 2\,\mathcal{A}[K^{(0)}]_{ss'} + 0.01, & \Theta^{(1)}_{ss'} &= K^{(1)}_{ss'} && \text{(Conv $3 \times 2$, stride $2 \times 1$, circular)}", latex, StringComparison.Ordinal);
        Assert.Contains(@"\Theta^{(3)}_{ss'} &= K^{(3)}_{ss'} + \mathcal{A}[\Theta^{(2)}]_{ss'} && \text{(Conv $3 \times 3$, same)}", latex, StringComparison.Ordinal);
        Assert.Contains(@"K^{(4)} &= \operatorname{mean}[K^{(3)}], & \Theta^{(4)} &= \operatorname{mean}[\Theta^{(3)}]", latex, StringComparison.Ordinal);
        Assert.Contains(@"$\mathcal{A}[M]_{ss'} = \frac{1}{|k|} \sum_j M_{r(s,j)\,r(s',j)}$ over the taps", latex, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\mathcal{P}", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_layer_has_no_term_of_its_own() => Assert.Contains(
        @"\Theta^{(1)} &= 0 && \text{(Dense)} \\" + "\n" + @"K^{(2)} &= V_{\phi_{1}}\bigl(p^{(1)}, q^{(1)}, K^{(1)}\bigr), & \Theta^{(2)} &= 0 && \text{(Relu)} \\" + "\n"
        + @"K^{(3)} &= K^{(2)}, & \Theta^{(3)} &= 0.5\,K^{(3)} &&",
        NetworkLatex.Equations(Dense(trainable: false) >> Relu >> Dense(learningRate: 0.5), SampleShape.Features(3)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Flatten >> Dense(1e-7) >> Concat(Dense(width: 1), Dense(width: 3))")]
    [InlineData("Dense >> Relu >> Flatten >> Product(Dense, Dense) >> Dropout(0.8) >> Dense")]
    [InlineData("Dense >> LayerNorm >> Identity + (LeakyRelu(0.1) >> Dense) >> Flatten")]
    [InlineData("Conv(3, 3) >> Relu >> ConvTranspose(2, 2, strides: [2, 2]) >> LayerNorm(0, -1) >> Erf >> AveragePool(2, 2) >> GlobalAveragePool >> Dense")]
    [InlineData("ConvLocal(3, 3, padding: Circular, biasStd: 0.1) >> SumPool(2, 2, padding: Same) >> ImageResize([3, null]) >> Index(\":\", \"0\") >> GlobalSumPool")]
    [InlineData("Concat(axis: 0, Conv(3, 3, trainable: false), Conv(2, 2, learningRate: 0.5)) >> Flatten")]
    public void Brackets_and_environments_are_balanced(string text) =>
        AssertBalanced(NetworkLatex.Document(NetworkText.Parse(text), new SampleShape([4, 4], 3)));

    [Fact]
    public void Every_activation_is_written_in_balanced_latex()
    {
        foreach (string name in LayerCatalog.All.Where(row => row.Type == typeof(Network)).Select(row => row.Name))
        {
            string arguments = string.Join(", ", LayerCatalog.Find(name)!.Parameters.Where(parameter => parameter.Required).Select(_ => name == "Elementwise" ? "\"x^2 - tanh(x)\"" : "2"));
            AssertBalanced(NetworkLatex.Document(NetworkText.Parse($"Dense >> {name}({arguments}) >> Dense"), SampleShape.Features(3)));
        }
    }

    private static void AssertBalanced(string latex)
    {
        int depth = 0;
        for (int i = 0; i < latex.Length; i++)
        {
            if (latex[i] == '\\') i++;
            else if (latex[i] == '{') depth++;
            else if (latex[i] == '}') Assert.True(--depth >= 0, latex);
        }

        Assert.Equal(0, depth);
        foreach (string environment in new[] { "align*", "document", "pmatrix" })
        {
            Assert.Equal(latex.Split($@"\begin{{{environment}}}").Length, latex.Split($@"\end{{{environment}}}").Length);
        }

        Assert.Equal(0, latex.Split('$').Length % 2 - 1);
    }
}
