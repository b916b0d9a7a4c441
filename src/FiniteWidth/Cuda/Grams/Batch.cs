namespace InfiniteNtk.FiniteWidth.Cuda.Grams;

/// <summary>Consecutive rows of a matrix on the host, on their way to the device.</summary>
internal static class Batch
{
    /// <summary>The numbers of so many rows.</summary>
    public static double[] Of(KernelMatrix<double> rows, long first, int count)
    {
        var batch = new double[checked(count * (int)rows.Columns)];
        for (int i = 0; i < count; i++) rows.View.Row((nint)(first + i)).CopyTo(batch.AsSpan(i * (int)rows.Columns));
        return batch;
    }
}
