using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Products;

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
internal sealed class LinearNtkTerm<T>(double weightScale, double biasScale, IMatrixProduct<T> product)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The term of a layer with the given map and parameters.</summary>
    public static LinearNtkTerm<T> Of(LinearMap map, LayerParameters<T> parameters, IMatrixProduct<T> product) => new(
        parameters.LearningRate * map.Alpha * map.Alpha, parameters.Biases.IsEmpty ? 0 : parameters.LearningRate * map.Beta * map.Beta, product);

    /// <summary>Adds the term.</summary>
    public void Add(Factors<T> left, Factors<T> right, NtkBlock target)
    {
        if (left.Samples == 0 || right.Samples == 0 || (weightScale == 0 && biasScale == 0)) return;
        if (!target.TraceOnly)
        {
            AddBlocks(left, right, target);
            return;
        }

        for (int r = 0; r < left.Directions; r++)
        {
            using var memory = new SignalMemory<T>();
            Factors<T> mine = left.Only(r, memory);
            AddBlocks(mine, left == right ? mine : right.Only(r, memory), target);
        }
    }

    /// <summary>
    /// Multiply-adds by Grams: N·N′·(S_in·S′_in·C_in + S·S′·(|k| + R·R′·C_out)), without filter N·N′·S·S′·(C_in + R·R′·C_out).
    /// </summary>
    internal static double GramWork(Factors<T> left, Factors<T> right)
    {
        double forward = (double)left.InputPositions * right.InputPositions * left.Activations.Shape.Channels;
        double backward = (double)left.Directions * right.Directions * left.Gradients.Shape.Channels;
        double taps = left.Patches is null ? 0 : left.Taps;
        return (double)left.Samples * right.Samples * (forward + (double)left.Positions * right.Positions * (taps + backward));
    }

    /// <summary>Multiply-adds by gradients: (N·R·S + N′·R′·S′ + N·R·N′·R′)·|k|·C_in·C_out.</summary>
    internal static double GradientWork(Factors<T> left, Factors<T> right)
    {
        double leftGradients = (double)left.Samples * left.Directions;
        double rightGradients = (double)right.Samples * right.Directions;
        return (leftGradients * left.Positions + rightGradients * right.Positions + leftGradients * rightGradients)
            * left.FanIn * left.Gradients.Shape.Channels;
    }

    private void AddBlocks(Factors<T> left, Factors<T> right, NtkBlock target)
    {
        bool byGrams = GramWork(left, right) <= GradientWork(left, right);
        int block = BlockSize(left, right, byGrams, target.Scratch);
        for (int i = 0; i < left.Samples; i += block)
        {
            Factors<T> rows = left.Slice(i, Math.Min(block, left.Samples - i));
            for (int j = 0; j < right.Samples; j += block)
            {
                Factors<T> columns = right.Slice(j, Math.Min(block, right.Samples - j));
                MatrixView<double> part = target.Values.View.Slice(
                    i * rows.Directions, j * columns.Directions, rows.Samples * rows.Directions, columns.Samples * columns.Directions);
                using var memory = new SignalMemory<T>();
                if (byGrams) AddByGrams(rows, columns, part, memory);
                else AddByGradients(rows, columns, part, memory);
            }
        }
    }

    /// <summary>Samples per block so that two operands' worth of scratch fits.</summary>
    internal static int BlockSize(Factors<T> left, Factors<T> right, bool byGrams, long scratch)
    {
        double seen = left.Patches is null ? 0 : (double)left.InputPositions * right.InputPositions;
        double perPair = Unsafe.SizeOf<T>() * (seen + left.Positions * (double)right.Positions * (1 + (double)left.Directions * right.Directions));
        double perSample = 2.0 * Unsafe.SizeOf<T>() * left.Directions * left.FanIn * left.Gradients.Shape.Channels;
        double size = byGrams ? Math.Sqrt(scratch / perPair) : scratch / perSample;
        return (int)Math.Clamp(size, 1, Math.Max(left.Samples, right.Samples));
    }

    private void AddByGrams(Factors<T> left, Factors<T> right, MatrixView<double> target, SignalMemory<T> memory)
    {
        (int positions, int directions, int columns) = (right.Positions, right.Directions, right.Gradients.Rows);
        int seen = right.Samples * positions;
        (int leftPositions, int leftDirections) = (left.Positions, left.Directions);
        Span<T> forward = Seen(left, right, memory).Span;
        Span<T> backward = Gram.Of(left.Gradients, right.Gradients, product, memory).Span;
        for (int row = 0; row < left.Gradients.Rows; row++)
        {
            int gradient = row / leftPositions;
            Span<double> into = target.Row(gradient);
            Span<T> a = forward.Slice((gradient / leftDirections * leftPositions + row % leftPositions) * seen, seen);
            Span<T> delta = backward.Slice(row * columns, columns);
            for (int other = 0; other < into.Length; other++)
            {
                // The activations at the positions of the sample that the gradient belongs to.
                ReadOnlySpan<T> b = a.Slice(other / directions * positions, positions), epsilon = delta.Slice(other * positions, positions);
                double sum = into[other];
                for (int p = 0; p < positions; p++) sum += (weightScale * double.CreateTruncating(b[p]) + biasScale) * double.CreateTruncating(epsilon[p]);
                into[other] = sum;
            }
        }
    }

    private void AddByGradients(Factors<T> left, Factors<T> right, MatrixView<double> target, SignalMemory<T> memory)
    {
        Signal<T> leftWeights = WeightGradients(left, memory);
        AddProducts(weightScale, leftWeights, left == right ? leftWeights : WeightGradients(right, memory), target, memory);
        if (biasScale == 0) return;
        Signal<T> leftBiases = BiasGradients(left, memory);
        AddProducts(biasScale, leftBiases, left == right ? leftBiases : BiasGradients(right, memory), target, memory);
    }

    private void AddProducts(double scale, Signal<T> left, Signal<T> right, MatrixView<double> target, SignalMemory<T> memory)
    {
        Span<T> products = Gram.Of(left, right, product, memory).Span;
        for (int i = 0; i < left.Count; i++)
        {
            Span<double> into = target.Row(i);
            for (int j = 0; j < right.Count; j++) into[j] += scale * double.CreateTruncating(products[i * right.Count + j]);
        }
    }

    /// <summary>⟨a(p), a′(p′)⟩ of what all output positions see.</summary>
    private Memory<T> Seen(Factors<T> left, Factors<T> right, SignalMemory<T> memory)
    {
        Memory<T> gram = Gram.Of(left.Activations, right.Activations, product, memory);
        return left.Patches?.Sum<T>(gram.Span, left.Samples, right.Samples, memory) ?? gram;
    }

    /// <summary>Σ_p δ(p)·a(p)ᵀ of each sample and direction.</summary>
    private Signal<T> WeightGradients(Factors<T> factors, SignalMemory<T> memory)
    {
        int outputs = factors.Gradients.Shape.Channels;
        Signal<T> gradients = memory.Signal(factors.Gradients.Count, SampleShape.Features(checked(outputs * factors.FanIn)));
        for (int i = 0; i < gradients.Count; i++)
        {
            using var patches = new SignalMemory<T>();
            product.Multiply(
                outputs, factors.FanIn, factors.Positions, 1, factors.Gradients.Sample(i), true, factors.Seen(i / factors.Directions, patches), false, 0,
                gradients.Sample(i));
        }

        return gradients;
    }

    /// <summary>Σ_p δ(p) of each sample and direction.</summary>
    private static Signal<T> BiasGradients(Factors<T> factors, SignalMemory<T> memory)
    {
        int outputs = factors.Gradients.Shape.Channels;
        Signal<T> gradients = memory.Zeros(factors.Gradients.Count, SampleShape.Features(outputs));
        for (int i = 0; i < gradients.Count; i++)
        {
            Span<T> delta = factors.Gradients.Sample(i);
            for (int p = 0; p < factors.Positions; p++) Vectors.Add(gradients.Sample(i), 1, delta.Slice(p * outputs, outputs));
        }

        return gradients;
    }
}
