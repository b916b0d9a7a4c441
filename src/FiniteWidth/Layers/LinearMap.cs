using InfiniteNtk.FiniteWidth.Products;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// y = α·W·a + β·b for each row a, and its derivatives: what dense, convolutional and locally connected layers have in common.
/// Parameterizations differ in α, β and in the law that W and b are drawn from.
/// </summary>
/// <param name="Inputs">Numbers in a row a, the fan-in.</param>
/// <param name="Outputs">Numbers in a row y.</param>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
internal sealed record LinearMap(int Inputs, int Outputs, double Alpha, double Beta)
{
    /// <summary>y ← y + α·W·a + β·b with any weights (no bias where there are none): the map itself, or its derivative along a change of them.</summary>
    public void Add(
        int rows, ReadOnlySpan<double> a, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, IMatrixProduct product, Span<double> y)
    {
        if (!biases.IsEmpty)
        {
            for (int i = 0; i < y.Length; i++) y[i] += Beta * biases[i % biases.Length];
        }

        product.Multiply(rows, Outputs, Inputs, Alpha, a, false, weights, true, 1, y);
    }

    /// <summary>∂/∂a ← α·Wᵀδ.</summary>
    public void Back(int rows, ReadOnlySpan<double> gradient, ReadOnlySpan<double> weights, IMatrixProduct product, Span<double> below) =>
        product.Multiply(rows, Inputs, Outputs, Alpha, gradient, false, weights, false, 0, below);

    /// <summary>∂/∂W and ∂/∂b ← themselves + rate·(α·Σδaᵀ, β·Σδ), summed over rows.</summary>
    public void AddGradient(
        int rows, ReadOnlySpan<double> gradient, ReadOnlySpan<double> a, double rate, IMatrixProduct product, Span<double> weights, Span<double> biases)
    {
        product.Multiply(Outputs, Inputs, rows, rate * Alpha, gradient, true, a, false, 1, weights);
        if (biases.IsEmpty) return;
        for (int i = 0; i < gradient.Length; i++) biases[i % biases.Length] += rate * Beta * gradient[i];
    }
}
