namespace InfiniteNtk;

/// <summary>What a request asks for without its samples, only their numbers: enough to say what it takes.</summary>
/// <param name="Program">The recursion.</param>
/// <param name="Left">Row samples.</param>
/// <param name="Right">Column samples; null: the symmetric kernel of the row samples with themselves.</param>
/// <param name="Outputs">Which kernels.</param>
/// <param name="DiagonalOnly">Only each row sample with itself.</param>
public sealed record KernelSize(
    KernelProgram Program, nint Left, nint? Right = null, KernelOutputs Outputs = KernelOutputs.Both, bool DiagonalOnly = false)
{
    /// <summary>Columns of the results.</summary>
    public nint Columns => DiagonalOnly ? 1 : Right ?? Left;

    /// <summary>Entries to compute: of a symmetric kernel those on and above the diagonal, both kernels counting as one.</summary>
    public double Entries => DiagonalOnly ? Left : Right is { } right ? (double)Left * right : Left * (Left + 1.0) / 2;
}
