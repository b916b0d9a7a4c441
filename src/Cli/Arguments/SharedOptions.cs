using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>Options that several commands take alike.</summary>
internal static class SharedOptions
{
    public static Option Threads { get; } = new("--threads", "N", "Threads of kernels and linear algebra; default: one per processor. Kernels do not depend on it by one bit.");

    public static Option Layout { get; } = new(
        "--layout", "nhw|ntc|nhwc|nchw", "What the axes of an array are: rank 3 is images (nhw) or sequences (ntc); rank 4 has channels last (nhwc) or first (nchw). Default: what the networks take, where that leaves one; else nhw, nhwc.");

    public static Option Precision { get; } = new("--dtype", "f64|f32", "Precision of the kernels; default f64. In f32, eigenvalues below 1e-6 of the largest are noise.");

    public static Option Get { get; } = new("--get", "nngp,ntk", "Which kernels; default both. Without ntk nothing of its recursion is computed.");

    /// <summary>The kernels that were asked for.</summary>
    /// <exception cref="UsageException">A word is not the name of a kernel.</exception>
    public static KernelOutputs OutputsOf(ParsedArguments arguments)
    {
        if (arguments.Text(Get.Name) is not { } text) return KernelOutputs.Both;
        KernelOutputs outputs = 0;
        foreach (string word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            outputs |= word switch
            {
                "nngp" => KernelOutputs.Nngp,
                "ntk" => KernelOutputs.Ntk,
                _ => throw new UsageException($"--get is \"{text}\", but must be nngp, ntk or nngp,ntk."),
            };
        }

        return outputs;
    }

    /// <summary>The layout that was asked for; null: as the rank says.</summary>
    public static ArrayLayout? LayoutOf(ParsedArguments arguments) => arguments.Choice<ArrayLayout?>(
        Layout.Name, null, ("nhw", ArrayLayout.Nhw), ("ntc", ArrayLayout.Ntc), ("nhwc", ArrayLayout.Nhwc), ("nchw", ArrayLayout.Nchw));

    /// <summary>The layout that was asked for, or the only one of an array that <paramref name="network"/> takes; null: as the rank says.</summary>
    public static ArrayLayout? LayoutOf(ParsedArguments arguments, NpyArray array, Network network) =>
        LayoutOf(arguments) ?? Samples.LayoutOf(array, shape => ShapeArgument.Suits(network, shape));

    /// <summary>Who does the linear algebra, on the threads that were asked for.</summary>
    public static ILinearAlgebra Algebra(ParsedArguments arguments) =>
        arguments.Integer(Threads.Name, 1) is { } threads ? LinearAlgebraBackends.OnThreads(threads) : LinearAlgebraBackends.Default;

    /// <summary>How to run: threads, progress, cancellation.</summary>
    public static ExecutionOptions Execution(ParsedArguments arguments, ProgressLine? progress, CancellationToken cancellation) =>
        new() { Threads = arguments.Integer(Threads.Name, 1), Progress = progress, Cancellation = cancellation };
}
