namespace InfiniteNtk.Kernels.Execution;

/// <summary>What to compute.</summary>
/// <param name="Program">The recursion.</param>
/// <param name="Left">Row samples.</param>
/// <param name="Right">Column samples; null: the symmetric kernel of <paramref name="Left"/> with itself.</param>
/// <param name="Outputs">Which kernels.</param>
internal sealed record KernelRequest(KernelProgram Program, Samples Left, Samples? Right = null, KernelOutputs Outputs = KernelOutputs.Both)
{
    /// <summary>The same with the numbers of samples in their place.</summary>
    public KernelSize Size => new(Program, Left.Count, Right?.Count, Outputs);
}
