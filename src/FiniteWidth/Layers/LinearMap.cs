using System.Numerics;
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
    /// <summary>y ← α·W·a + β·b with any weights (no bias where there are none): the map itself, or its derivative along a change of them.</summary>
    public void Write<T>(
        int rows, ReadOnlySpan<T> a, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, IMatrixProduct<T> product, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (biases.IsEmpty) y.Clear();
        else Repeat(rows, biases, y);
        Add(rows, a, weights, product, y);
    }

    /// <summary>y ← y + α·W·a.</summary>
    public void Add<T>(int rows, ReadOnlySpan<T> a, ReadOnlySpan<T> weights, IMatrixProduct<T> product, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => product.Multiply(rows, Outputs, Inputs, Alpha, a, false, weights, true, 1, y);

    /// <summary>∂/∂a ← α·Wᵀδ.</summary>
    public void Back<T>(int rows, ReadOnlySpan<T> gradient, ReadOnlySpan<T> weights, IMatrixProduct<T> product, Span<T> below)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        product.Multiply(rows, Inputs, Outputs, Alpha, gradient, false, weights, false, 0, below);

    /// <summary>∂/∂W and ∂/∂b ← themselves + rate·(α·Σδaᵀ, β·Σδ), summed over rows.</summary>
    public void AddGradient<T>(
        int rows, ReadOnlySpan<T> gradient, ReadOnlySpan<T> a, double rate, IMatrixProduct<T> product, Span<T> weights, Span<T> biases)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        product.Multiply(Outputs, Inputs, rows, rate * Alpha, gradient, true, a, false, 1, weights);
        if (biases.IsEmpty) return;
        for (int i = 0; i < rows; i++) Vectors.Add(biases, rate * Beta, gradient.Slice(i * Outputs, Outputs));
    }

    /// <summary>y ← β·b in every row.</summary>
    private void Repeat<T>(int rows, ReadOnlySpan<T> biases, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0) return;
        Span<T> first = y[..Outputs];
        biases.CopyTo(first);
        Vectors.Scale(first, Beta);
        for (int i = 1; i < rows; i++) first.CopyTo(y.Slice(i * Outputs, Outputs));
    }
}
