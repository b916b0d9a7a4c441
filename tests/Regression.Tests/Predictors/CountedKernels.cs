namespace InfiniteNtk.Regression.Tests.Predictors;

/// <summary>K = ⟨x, x'⟩ + [x = x']/2 and Θ = 2⟨x, x'⟩ + [x = x'], and the largest matrix that was asked for.</summary>
internal sealed class CountedKernels : IKernelFunction
{
    public double LargestEntries { get; private set; }

    public int Requests { get; private set; }

    public KernelPair<double> Kernels(Samples x, Samples? x2 = null, KernelOutputs outputs = KernelOutputs.Both, ExecutionOptions? options = null)
    {
        Samples y = x2 ?? x;
        Count((double)x.Count * y.Count);
        var pair = new KernelPair<double>(Make(KernelOutputs.Nngp, KernelKind.Nngp, 1), Make(KernelOutputs.Ntk, KernelKind.Ntk, 2), null!);
        for (nint i = 0; i < x.Count; i++)
        {
            for (nint j = 0; j < y.Count; j++) Set(pair, outputs, i, j, Product(x.Rows.View.Row(i), y.Rows.View.Row(j)));
        }

        return pair;

        KernelMatrix<double>? Make(KernelOutputs output, KernelKind kind, double _) => outputs.HasFlag(output)
            ? new(x.Count, y.Count, x2 is null ? MatrixStructure.Symmetric : MatrixStructure.General) { Kind = kind } : null;
    }

    public KernelPair<double> Diagonal(Samples x, KernelOutputs outputs = KernelOutputs.Both, ExecutionOptions? options = null)
    {
        Count(x.Count);
        var pair = new KernelPair<double>(
            outputs.HasFlag(KernelOutputs.Nngp) ? new(x.Count, 1) { Kind = KernelKind.Nngp } : null, outputs.HasFlag(KernelOutputs.Ntk) ? new(x.Count, 1) { Kind = KernelKind.Ntk } : null, null!);
        for (nint i = 0; i < x.Count; i++) Set(pair, outputs, i, 0, Product(x.Rows.View.Row(i), x.Rows.View.Row(i)));
        return pair;
    }

    private static void Set(KernelPair<double> pair, KernelOutputs outputs, nint i, nint j, double value)
    {
        if (outputs.HasFlag(KernelOutputs.Nngp)) pair.Nngp[i, j] = value;
        if (outputs.HasFlag(KernelOutputs.Ntk)) pair.Ntk[i, j] = 2 * value;
    }

    private static double Product(Span<double> x, Span<double> y)
    {
        double sum = x.SequenceEqual(y) ? 0.5 : 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    private void Count(double entries)
    {
        Requests++;
        LargestEntries = Math.Max(LargestEntries, entries);
    }
}
