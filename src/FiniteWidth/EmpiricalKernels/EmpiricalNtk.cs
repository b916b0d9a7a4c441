using System.Diagnostics;
using System.Numerics;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;
using InfiniteNtk.FiniteWidth.Layers;

namespace InfiniteNtk;

/// <summary>
/// The neural tangent kernel of one finite network, Θ(x, x′) = Σ_θ ∂f(x)/∂θ · ∂f(x′)/∂θ, as a sum over layers. The Jacobian is never
/// formed: a layer's term comes from its inputs and the gradients that reach it.
/// </summary>
/// <remarks>Cost: one forward pass, one backward pass of R directions, and per layer the cheaper of two contractions.</remarks>
public sealed class EmpiricalNtk : IDisposable
{
    /// <summary>Default for the scratch of one layer's contraction: 256 MiB.</summary>
    private const long DefaultScratch = 256L << 20;

    internal EmpiricalNtk(IReadOnlyList<NtkPart> parts, KernelMatrix<double> total)
    {
        Parts = parts;
        Total = total;
    }

    /// <summary>The term of each layer with parameters, in the order of the forward pass.</summary>
    public IReadOnlyList<NtkPart> Parts { get; }

    /// <summary>Their sum.</summary>
    public KernelMatrix<double> Total { get; }

    /// <summary>The empirical NTK of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the symmetric kernel of <paramref name="left"/>.</param>
    /// <param name="directions">Which outputs; null: <see cref="OutputDirections.Trace"/>.</param>
    /// <param name="scratch">Bytes that one layer's contraction may use; null: 256 MiB. No bit depends on it.</param>
    /// <param name="progress">Told how many layers' terms there are, from the calling thread; null: nobody.</param>
    /// <param name="cancellation">Stops between layers.</param>
    /// <exception cref="ShapeMismatchException">The samples do not fit the network, or the directions its outputs.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EmpiricalNtk Compute<T>(
        FiniteNetwork<T> network, Samples left, Samples? right = null, OutputDirections? directions = null, long? scratch = null,
        IProgress<KernelProgress>? progress = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(left);
        using var memory = new SignalMemory<T>();
        LayerRun<T> rows = network.Run(left, memory, 0, cancellation);
        return Of(
            network, rows, right is null ? rows : network.Run(right, memory, (int)left.Count, cancellation), directions ?? OutputDirections.Trace,
            memory, scratch ?? DefaultScratch, progress, cancellation);
    }

    /// <summary>The kernel of two runs of a network, or of one with itself.</summary>
    internal static EmpiricalNtk Of<T>(
        FiniteNetwork<T> network, LayerRun<T> left, LayerRun<T> right, OutputDirections directions, SignalMemory<T> memory,
        long scratch = DefaultScratch, IProgress<KernelProgress>? progress = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool symmetric = left == right;
        double[,] combinations = directions.Rows(network.Output.Size);
        int copies = directions.TraceOnly ? 1 : combinations.GetLength(0);
        int rows = left.Output.Count * copies, columns = right.Output.Count * copies;
        MatrixStructure structure = symmetric ? MatrixStructure.Symmetric : MatrixStructure.General;
        var clock = Stopwatch.StartNew();
        int done = 0;
        List<Reached<T>> leftReached = Backward(left, combinations, memory);
        List<Reached<T>> rightReached = symmetric ? leftReached : Backward(right, combinations, memory);
        NtkPart[] parts =
        [
            .. leftReached.Zip(rightReached).Select(pair =>
            {
                cancellation.ThrowIfCancellationRequested();
                var matrix = new KernelMatrix<double>(rows, columns, structure);
                Clear(matrix);
                var block = new NtkBlock(matrix, directions.TraceOnly, scratch);
                pair.First.Run.AddNtk(pair.First.Gradient, pair.Second.Run, pair.Second.Gradient, block);
                if (symmetric) Mirror(matrix);
                progress?.Report(new KernelProgress(++done, leftReached.Count, clock.Elapsed));
                return new NtkPart(network.Parameters.Layers[pair.First.Run.Layer].Path, matrix);
            }),
        ];
        return new EmpiricalNtk(parts, Sum(parts, rows, columns, structure));
    }

    /// <summary>Its size and the layers it is the sum of.</summary>
    public override string ToString() => $"empirical NTK {Total.Rows} × {Total.Columns}, the sum of {Parts.Count} layers: {string.Join(", ", Parts.Select(part => part.Path))}";

    /// <inheritdoc/>
    public void Dispose()
    {
        Total.Dispose();
        foreach (NtkPart part in Parts) part.Matrix.Dispose();
    }

    /// <summary>What reaches each layer with parameters, in the order of the forward pass.</summary>
    private static List<Reached<T>> Backward<T>(LayerRun<T> run, double[,] directions, SignalMemory<T> memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = directions.GetLength(0);
        Signal<T> gradient = memory.Signal(run.Output.Count * count, run.Output.Shape);
        for (int i = 0; i < gradient.Count; i++)
        {
            Span<T> row = gradient.Sample(i);
            for (int o = 0; o < row.Length; o++) row[o] = T.CreateTruncating(directions[i % count, o]);
        }

        var recorder = new Recorder<T>();
        run.Backward(gradient, recorder);
        recorder.Reached.Sort((a, b) => a.Run.Layer.CompareTo(b.Run.Layer));
        return recorder.Reached;
    }

    private static KernelMatrix<double> Sum(NtkPart[] parts, nint rows, nint columns, MatrixStructure structure)
    {
        var total = new KernelMatrix<double>(rows, columns, structure);
        Clear(total);
        foreach (NtkPart part in parts)
        {
            for (nint i = 0; i < rows; i++)
            {
                Span<double> target = total.View.Row(i);
                Span<double> term = part.Matrix.View.Row(i);
                for (int j = 0; j < target.Length; j++) target[j] += term[j];
            }
        }

        return total;
    }

    private static void Clear(KernelMatrix<double> matrix)
    {
        for (nint i = 0; i < matrix.Rows; i++) matrix.View.Row(i).Clear();
    }

    /// <summary>The lower triangle from the upper one, so that symmetry holds bit for bit whatever order sums were taken in.</summary>
    private static void Mirror(KernelMatrix<double> matrix)
    {
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j < i; j++) matrix[i, j] = matrix[j, i];
        }
    }

    private readonly record struct Reached<T>(ParameterizedRun<T> Run, Signal<T> Gradient) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private sealed class Recorder<T> : IBackwardVisitor<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public List<Reached<T>> Reached { get; } = [];

        public void Visit(ParameterizedRun<T> run, Signal<T> gradient) => Reached.Add(new Reached<T>(run, gradient));
    }
}
