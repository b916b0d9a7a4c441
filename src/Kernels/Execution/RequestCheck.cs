using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>What has to hold before any arithmetic, the same for every executor.</summary>
internal static class RequestCheck
{
    public static void Verify(KernelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Verify(request.Size);
        RequireShape("left", request.Left, request.Program);
        if (request.Right is { } right) RequireShape("right", right, request.Program);
    }

    /// <summary>What holds whatever the samples are.</summary>
    public static void Verify(KernelSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        ProgramVerifier.Verify(size.Program);
        if ((size.Outputs & KernelOutputs.Both) == 0 || (size.Outputs & ~KernelOutputs.Both) != 0)
        {
            throw new InvalidArgumentException(
                "Cannot compute a kernel", $"the outputs asked for are {(int)size.Outputs}", "they are Nngp, Ntk or Both", "Pass KernelOutputs.Both");
        }

        if (size.Left < 0 || size.Right < 0)
        {
            throw new InvalidArgumentException(
                "Cannot compute a kernel", $"{Math.Min(size.Left, size.Right ?? 0)} samples were asked for", "their number is at least 0", "Pass another number");
        }

        if (size is { DiagonalOnly: true, Right: not null }) throw DiagonalOfTwo();
    }

    /// <summary>Diagonals exist only where rows and columns are the same samples.</summary>
    public static void VerifySymmetric(KernelRequest request)
    {
        Verify(request);
        if (request.Right is not null) throw DiagonalOfTwo();
    }

    /// <summary>An option that is set is at least 1.</summary>
    public static void Positive(string name, int? value)
    {
        if (value is null or >= 1) return;
        throw new InvalidArgumentException("Cannot compute a kernel", $"the {name} is {value}", "it is at least 1", "Leave it out for the default");
    }

    private static InvalidArgumentException DiagonalOfTwo() => new(
        "Cannot compute a kernel's diagonal", "right samples were given", "the diagonal pairs each left sample with itself",
        "Leave the right samples out");

    private static void RequireShape(string side, Samples samples, KernelProgram program)
    {
        if (samples.Shape == program.Input) return;
        throw new ShapeMismatchException(
            "Cannot compute a kernel", $"the {side} samples have {samples.Shape}", $"the program was made for {program.Input}",
            "Pass samples of that shape, or make the program for theirs");
    }
}
