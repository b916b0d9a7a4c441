using InfiniteNtk.Cli.Arguments;

namespace InfiniteNtk.Cli.Commands;

/// <summary>The kernels that <c>verify</c> puts to the test: this tool's own, or those of a file (<c>--against</c>).</summary>
internal sealed class ClaimedKernels
{
    private readonly Samples _samples;
    private readonly double[,]? _nngp, _ntk;

    private ClaimedKernels(Samples samples, string? file, double[,]? nngp, double[,]? ntk)
    {
        _samples = samples;
        File = file;
        _nngp = nngp;
        _ntk = ntk;
    }

    /// <summary>The file they come from; null: this tool.</summary>
    public string? File { get; }

    /// <summary>Which there are.</summary>
    public KernelOutputs Outputs =>
        File is null ? KernelOutputs.Both : (_nngp is null ? 0 : KernelOutputs.Nngp) | (_ntk is null ? 0 : KernelOutputs.Ntk);

    /// <summary>This tool's own.</summary>
    public static ClaimedKernels Own(Samples samples) => new(samples, null, null, null);

    /// <summary>Arrays nngp and ntk of an archive; a single matrix is the kernel that <paramref name="asked"/> names.</summary>
    /// <exception cref="UsageException">It is not said which kernel a single matrix is, or an archive has neither.</exception>
    /// <exception cref="ShapeMismatchException">A matrix is not samples × samples.</exception>
    /// <exception cref="InvalidArgumentException">A matrix is not symmetric and finite with a diagonal of at least 0.</exception>
    public static ClaimedKernels FromFile(string path, Samples samples, KernelOutputs asked)
    {
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            if (asked == KernelOutputs.Both) throw new UsageException($"--against {path} is one matrix: say which kernel it is with --get nngp or --get ntk.");
            double[,] matrix = Read(NpyFile.Open(path), samples);
            return asked == KernelOutputs.Nngp ? new(samples, path, matrix, null) : new(samples, path, null, matrix);
        }

        var archive = NpzFile.Open(path);
        double[,]? Named(string name, KernelOutputs kernel) =>
            asked.HasFlag(kernel) && archive.Names.Contains(name) ? Read(archive.Read(name), samples) : null;
        var claimed = new ClaimedKernels(samples, path, Named("nngp", KernelOutputs.Nngp), Named("ntk", KernelOutputs.Ntk));
        return claimed.Outputs != 0 ? claimed : throw new UsageException(
            $"--against {path} has arrays {string.Join(", ", archive.Names)}, but must have nngp, ntk or both, points × points.");
    }

    /// <summary>The kernels claimed for a network with all its widths, to be disposed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="outputs">Which; among <see cref="Outputs"/>.</param>
    public KernelPair<double> Of(Network network, KernelOutputs outputs)
    {
        if (File is null) return network.Kernels(_samples, null, outputs);
        static KernelMatrix<double>? Copy(double[,]? matrix) => matrix is null ? null : KernelMatrix<double>.From(matrix, MatrixStructure.Symmetric);
        return new KernelPair<double>(Copy(_nngp), Copy(_ntk), new ExecutionReport(File, 0, TimeSpan.Zero, 0, "float64", 0));
    }

    /// <summary>A file holds one kernel for all widths; where the parameterization makes it depend on them, it cannot be tested over widths.</summary>
    /// <exception cref="InvalidArgumentException">The kernels depend on the widths.</exception>
    public void RequireSameAtAllWidths(Network network, ValueList<int> widths)
    {
        if (File is null || widths.Select(width => new Widths(width, width).ApplyTo(network).Program(_samples.Shape)).Distinct().Count() == 1) return;
        throw new InvalidArgumentException(
            "Cannot verify one kernel at several widths", "the network's kernel depends on its widths (standard parameterization)",
            "the kernel in the file must be the same for all widths", "Write the network in NTK parameterization, or leave --against out");
    }

    private static double[,] Read(NpyArray array, Samples samples)
    {
        long count = samples.Count;
        if (array.Shape.Count != 2 || array.Shape[0] != count || array.Shape[1] != count)
        {
            throw new ShapeMismatchException(
                $"Cannot verify {array.Source}", $"it is {string.Join(" × ", array.Shape)}", $"there are {count} points, so it must be {count} × {count}",
                "Pass the kernel of the points in --x1 with themselves");
        }

        using KernelMatrix<double> matrix = array.ToMatrix<double>();
        var kernel = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double scale = Math.Sqrt(Math.Abs(matrix[i, i] * matrix[j, j]));
                bool sound = double.IsFinite(matrix[i, j]) && matrix[i, i] >= 0 && Math.Abs(matrix[i, j] - matrix[j, i]) <= 1e-6 * scale;
                if (!sound)
                {
                    throw new InvalidArgumentException(
                        $"Cannot verify {array.Source}", FormattableString.Invariant($"entry ({i}, {j}) is {matrix[i, j]}, entry ({j}, {i}) is {matrix[j, i]}"),
                        "a kernel is finite and symmetric, with a diagonal of at least 0", "Check the file (rows and columns count from 0)");
                }

                kernel[i, j] = matrix[i, j];
            }
        }

        return kernel;
    }
}
