using System.Numerics;

namespace InfiniteNtk;

/// <summary>How far training has moved a network's tangent kernel: the measure of how lazy it was.</summary>
public static class NtkDrift
{
    /// <summary>
    /// ‖Θ_end − Θ_start‖_F/‖Θ_start‖_F of the empirical NTKs (mean over outputs). 0 for a linearised network; it falls with the width.
    /// </summary>
    /// <param name="start">The network before.</param>
    /// <param name="end">The network after.</param>
    /// <param name="samples">Where to compare.</param>
    /// <param name="cancellation">Stops between layers.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Between<T>(FiniteNetwork<T> start, FiniteNetwork<T> end, Samples samples, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using EmpiricalNtk before = EmpiricalNtk.Compute(start, samples, cancellation: cancellation);
        using EmpiricalNtk after = EmpiricalNtk.Compute(end, samples, cancellation: cancellation);
        double change = 0, size = 0;
        KernelMatrix<double> from = before.Total;
        for (nint i = 0; i < from.Rows; i++)
        {
            for (nint j = 0; j < from.Columns; j++)
            {
                change += Math.Pow(after.Total[i, j] - from[i, j], 2);
                size += from[i, j] * from[i, j];
            }
        }

        return Math.Sqrt(change / size);
    }
}
