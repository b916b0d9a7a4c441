using InfiniteNtk.Cli.Arguments;

namespace InfiniteNtk.Cli.Commands;

/// <summary>The points at which <c>verify</c> compares: a file's, or three of its own.</summary>
internal static class VerifiedPoints
{
    private const int OwnCount = 3;

    /// <summary>Shapes to try where none is given: the first that the network takes; of none, a refusal is told for the first.</summary>
    private static readonly SampleShape[] _shapes =
        [SampleShape.Features(4), new([4, 4], 2), new([5], 2), new([3, 3, 3], 2)];

    /// <summary>Reads <c>--x1</c>, or makes points of the shape of <c>--shape</c> or one that suits the network.</summary>
    /// <exception cref="UsageException">Both were given.</exception>
    public static Samples Read(ParsedArguments arguments, Network network)
    {
        SampleShape? shape = ShapeArgument.Read(arguments, network);
        if (arguments.Text("--x1") is not { } path) return Own(shape ?? _shapes.FirstOrDefault(one => ShapeArgument.Suits(network, one), _shapes[0]));
        if (shape is not null) throw new UsageException("--shape is for the tool's own points; --x1 has a shape already. Leave one out.");
        bool archive = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);
        NpyArray array = archive ? NpzFile.Open(path).Read("x") : NpyFile.Open(path);
        Samples samples = Samples.From(array, SharedOptions.LayoutOf(arguments, array, network));
        if (samples.Count > 0) return samples;
        samples.Dispose();
        throw new ShapeMismatchException($"Cannot verify on '{path}'", "it has no samples", "at least one is needed", "Pass a file with points, or leave --x1 out");
    }

    /// <summary>Points of different lengths that are neither parallel nor orthogonal.</summary>
    private static Samples Own(SampleShape shape)
    {
        var rows = new KernelMatrix<double>(OwnCount, shape.Size);
        for (int i = 0; i < OwnCount; i++)
        {
            for (int k = 0; k < shape.Size; k++) rows[i, k] = (1 + 0.2 * i) * Math.Sin(1.1 * (i + 1) + 0.7 * k + 0.05 * k * k);
        }

        return new Samples(rows, shape);
    }
}
