using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.FiniteWidth.Products;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.EmpiricalKernels;

/// <summary>
/// The NTK term of one layer y = α·W·a + β·b with one W and b for all positions p, a(p) what position p sees:
/// Θ(x, x′) = α² Σ_{p,p′} ⟨a(p), a′(p′)⟩·⟨δ(p), δ′(p′)⟩ + β² Σ_{p,p′} ⟨δ(p), δ′(p′)⟩, times the layer's learning rate.
/// </summary>
/// <remarks>
/// <para>
/// Two ways, chosen by their number of multiply-adds. <em>Grams</em>: the products of activations and of gradients over all pairs of
/// positions, then their entrywise product, summed; nothing of the size of the weights appears. A filter's products are sums over its
/// taps of the products of single positions. <em>Gradients</em>: the weight gradient of each sample and direction,
/// G = Σ_p δ(p)a(p)ᵀ, and then ⟨G, G′⟩; cheaper where positions outnumber channels.
/// </para>
/// <para>Either way samples are taken in blocks, as many as the scratch allows, at least one.</para>
/// </remarks>
/// <param name="weightScale">α².</param>
/// <param name="biasScale">β², 0 without bias.</param>
/// <param name="product">Multiplies matrices.</param>
internal sealed class LinearNtkTerm(double weightScale, double biasScale, IMatrixProduct product)
{
    /// <summary>The term of a layer with the given map and parameters.</summary>
    public static LinearNtkTerm Of(LinearMap map, LayerParameters parameters, IMatrixProduct product) => new(
        parameters.LearningRate * map.Alpha * map.Alpha, parameters.Biases.IsEmpty ? 0 : parameters.LearningRate * map.Beta * map.Beta, product);

    /// <summary>Adds the term.</summary>
    public void Add(Factors left, Factors right, NtkBlock target)
    {
        if (left.Samples == 0 || right.Samples == 0 || (weightScale == 0 && biasScale == 0)) return;
        if (!target.TraceOnly)
        {
            AddBlocks(left, right, target);
            return;
        }

        for (int r = 0; r < left.Directions; r++) AddBlocks(left.Only(r), right.Only(r), target);
    }

    /// <summary>
    /// Multiply-adds by Grams: N·N′·(S_in·S′_in·C_in + S·S′·(|k| + R·R′·C_out)), without filter N·N′·S·S′·(C_in + R·R′·C_out).
    /// </summary>
    internal static double GramWork(Factors left, Factors right)
    {
        double forward = (double)left.InputPositions * right.InputPositions * left.Activations.Shape.Channels;
        double backward = (double)left.Directions * right.Directions * left.Gradients.Shape.Channels;
        double taps = left.Patches is null ? 0 : left.Taps;
        return (double)left.Samples * right.Samples * (forward + (double)left.Positions * right.Positions * (taps + backward));
    }

    /// <summary>Multiply-adds by gradients: (N·R·S + N′·R′·S′ + N·R·N′·R′)·|k|·C_in·C_out.</summary>
    internal static double GradientWork(Factors left, Factors right)
    {
        double leftGradients = (double)left.Samples * left.Directions;
        double rightGradients = (double)right.Samples * right.Directions;
        return (leftGradients * left.Positions + rightGradients * right.Positions + leftGradients * rightGradients)
            * left.FanIn * left.Gradients.Shape.Channels;
    }

    private void AddBlocks(Factors left, Factors right, NtkBlock target)
    {
        bool byGrams = GramWork(left, right) <= GradientWork(left, right);
        int block = BlockSize(left, right, byGrams, target.Scratch);
        for (int i = 0; i < left.Samples; i += block)
        {
            Factors rows = left.Slice(i, Math.Min(block, left.Samples - i));
            for (int j = 0; j < right.Samples; j += block)
            {
                Factors columns = right.Slice(j, Math.Min(block, right.Samples - j));
                MatrixView<double> part = target.Values.View.Slice(
                    i * rows.Directions, j * columns.Directions, rows.Samples * rows.Directions, columns.Samples * columns.Directions);
                if (byGrams) AddByGrams(rows, columns, part);
                else AddByGradients(rows, columns, part);
            }
        }
    }

    /// <summary>Samples per block so that two operands' worth of scratch fits.</summary>
    private static int BlockSize(Factors left, Factors right, bool byGrams, long scratch)
    {
        double seen = left.Patches is null ? 0 : (double)left.InputPositions * right.InputPositions;
        double perPair = 8.0 * (seen + left.Positions * (double)right.Positions * (1 + (double)left.Directions * right.Directions));
        double perSample = 16.0 * left.Directions * left.FanIn * left.Gradients.Shape.Channels;
        double size = byGrams ? Math.Sqrt(scratch / perPair) : scratch / perSample;
        return (int)Math.Clamp(size, 1, Math.Max(left.Samples, right.Samples));
    }

    private void AddByGrams(Factors left, Factors right, MatrixView<double> target)
    {
        int columns = right.Gradients.Rows;
        double[] forward = Seen(left, right);
        double[] backward = Gram(left.Gradients, right.Gradients);
        for (int row = 0; row < left.Gradients.Rows; row++)
        {
            (int leftGradient, int leftActivation) = Place(row, left);
            Span<double> into = target.Row(leftGradient);
            for (int column = 0; column < columns; column++)
            {
                (int rightGradient, int rightActivation) = Place(column, right);
                double a = forward[leftActivation * right.Samples * right.Positions + rightActivation];
                into[rightGradient] += (weightScale * a + biasScale) * backward[row * columns + column];
            }
        }
    }

    /// <summary>Of a gradient's row: which (sample, direction) it belongs to, and the activations at its position.</summary>
    private static (int Gradient, int Activation) Place(int row, Factors factors)
    {
        int gradient = row / factors.Positions;
        return (gradient, gradient / factors.Directions * factors.Positions + row % factors.Positions);
    }

    private void AddByGradients(Factors left, Factors right, MatrixView<double> target)
    {
        double[] leftWeights = WeightGradients(left);
        double[] rightWeights = WeightGradients(right);
        AddProducts(weightScale, leftWeights, rightWeights, target);
        if (biasScale != 0) AddProducts(biasScale, BiasGradients(left), BiasGradients(right), target);
    }

    private void AddProducts(double scale, double[] left, double[] right, MatrixView<double> target)
    {
        int rows = (int)target.Rows;
        int columns = (int)target.Columns;
        var products = new double[rows * columns];
        product.Multiply(rows, columns, left.Length / rows, scale, left, false, right, true, 0, products);
        for (int i = 0; i < rows; i++)
        {
            Span<double> into = target.Row(i);
            for (int j = 0; j < columns; j++) into[j] += products[i * columns + j];
        }
    }

    /// <summary>⟨a(p), a′(p′)⟩ of what all output positions see.</summary>
    private double[] Seen(Factors left, Factors right)
    {
        double[] gram = Gram(left.Activations, right.Activations);
        return left.Patches?.Sum(gram, left.Samples, right.Samples) ?? gram;
    }

    private double[] Gram(Signal left, Signal right)
    {
        var gram = new double[checked(left.Rows * right.Rows)];
        product.Multiply(left.Rows, right.Rows, left.Shape.Channels, 1, left.Values, false, right.Values, true, 0, gram);
        return gram;
    }

    /// <summary>Σ_p δ(p)·a(p)ᵀ of each sample and direction.</summary>
    private double[] WeightGradients(Factors factors)
    {
        int outputs = factors.Gradients.Shape.Channels;
        int inputs = factors.FanIn;
        var gradients = new double[checked(factors.Gradients.Count * outputs * inputs)];
        for (int i = 0; i < factors.Gradients.Count; i++)
        {
            product.Multiply(
                outputs, inputs, factors.Positions, 1, factors.Gradients.Sample(i), true, factors.Seen(i / factors.Directions), false, 0,
                gradients.AsSpan(i * outputs * inputs, outputs * inputs));
        }

        return gradients;
    }

    /// <summary>Σ_p δ(p) of each sample and direction.</summary>
    private static double[] BiasGradients(Factors factors)
    {
        int outputs = factors.Gradients.Shape.Channels;
        var gradients = new double[factors.Gradients.Count * outputs];
        for (int i = 0; i < factors.Gradients.Count; i++)
        {
            Span<double> delta = factors.Gradients.Sample(i);
            for (int k = 0; k < delta.Length; k++) gradients[i * outputs + k % outputs] += delta[k];
        }

        return gradients;
    }
}
