using System.Numerics;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Products;

namespace InfiniteNtk;

/// <summary>The NNGP kernel of one finite network: the mean over output channels of f(x)·f(x′), uncentred.</summary>
public static class EmpiricalNngp
{
    /// <summary>(1/C) Σ_c f_c(x) f_c(x′); its fluctuations fall with the number of outputs C, so make that as wide as the rest.</summary>
    /// <param name="network">The network; its output has no positions.</param>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the symmetric kernel of <paramref name="left"/>.</param>
    /// <param name="cancellation">Stops between layers.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ShapeMismatchException">The samples do not fit, or the output still has positions.</exception>
    public static KernelMatrix<double> Compute<T>(FiniteNetwork<T> network, Samples left, Samples? right = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(left);
        using var memory = new SignalMemory<T>();
        LayerRun<T> rows = network.Run(left, memory, 0, cancellation);
        return Of(rows, right is null ? rows : network.Run(right, memory, (int)left.Count, cancellation), network.Product, memory);
    }

    /// <summary>The kernel of two runs of a network, or of one with itself.</summary>
    internal static KernelMatrix<double> Of<T>(LayerRun<T> left, LayerRun<T> right, IMatrixProduct<T> product, SignalMemory<T> memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireNoPositions(left.Output.Shape);
        Signal<T> rows = left.Output, columns = right.Output;
        Span<T> products = Gram.Of(rows, columns, product, memory).Span;
        var kernel = new KernelMatrix<double>(rows.Count, columns.Count, left == right ? MatrixStructure.Symmetric : MatrixStructure.General);
        for (int i = 0; i < rows.Count; i++)
        {
            Span<double> row = kernel.View.Row(i);
            for (int j = 0; j < columns.Count; j++) row[j] = double.CreateTruncating(products[i * columns.Count + j]) / rows.Shape.Channels;
        }

        return kernel;
    }

    internal static void RequireNoPositions(SampleShape output)
    {
        if (output.Positions.Count == 0) return;
        throw new ShapeMismatchException(
            "Cannot compute a kernel of this network", $"its output has {output}", "a scalar kernel has no positions left", "Add Flatten at the end");
    }
}
