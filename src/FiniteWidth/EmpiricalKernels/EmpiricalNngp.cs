using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.EmpiricalKernels;

/// <summary>The NNGP kernel of one finite network: the mean over output channels of f(x)·f(x′), uncentred.</summary>
public static class EmpiricalNngp
{
    /// <summary>(1/C) Σ_c f_c(x) f_c(x′); its fluctuations fall with the number of outputs C, so make that as wide as the rest.</summary>
    /// <param name="network">The network; its output has no positions.</param>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the symmetric kernel of <paramref name="left"/>.</param>
    /// <exception cref="ShapeMismatchException">The samples do not fit, or the output still has positions.</exception>
    public static KernelMatrix<double> Compute(FiniteNetwork network, Samples left, Samples? right = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(left);
        RequireNoPositions(network.Output);
        Signal rows = network.Run(left).Output;
        Signal columns = right is null ? rows : network.Run(right, (int)left.Count).Output;
        var kernel = new KernelMatrix<double>(rows.Count, columns.Count, right is null ? MatrixStructure.Symmetric : MatrixStructure.General);
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < columns.Count; j++) kernel[i, j] = MeanProduct(rows.Sample(i), columns.Sample(j));
        }

        return kernel;
    }

    internal static void RequireNoPositions(SampleShape output)
    {
        if (output.Positions.Count == 0) return;
        throw new ShapeMismatchException(
            "Cannot compute a kernel of this network", $"its output has {output}", "a scalar kernel has no positions left", "Add Flatten at the end");
    }

    private static double MeanProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int c = 0; c < a.Length; c++) sum += a[c] * b[c];
        return sum / a.Length;
    }
}
