using System.Globalization;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Regression.Data;

/// <summary>Samples and targets of arrays: both in one .npz archive, or in two .npy or IDX files.</summary>
internal static class ArrayReader
{
    /// <summary>The number as it is read, as it is kept, and a set of all distinct ones with their names.</summary>
    private const int BytesPerTarget = 128;

    /// <summary>Whether a file is in the format of MNIST by its name, in lower case.</summary>
    public static bool IsIdx(string name) =>
        name.EndsWith(".gz", StringComparison.Ordinal) || name.EndsWith("ubyte", StringComparison.Ordinal) || name.EndsWith(".idx", StringComparison.Ordinal);

    public static (Samples, RawTargets, ValueList<string>) ReadArchive(string path, DatasetOptions options)
    {
        NpzFile file = NpzFile.Open(path);
        NpyArray x = file.Read(Find(path, file, "x"));
        NpyArray y = file.Read(Find(path, file, options.TargetName ?? "y"));
        return Read(path, x, y, options);
    }

    public static (Samples, RawTargets, ValueList<string>) ReadPair(string path, DatasetOptions options)
    {
        string targets = options.TargetPath ?? Partner(path) ?? throw new InvalidFileException(
            $"Cannot read '{path}'", "its targets are in a file that was not named", "samples and targets are required",
            "Name the array or file with the targets (found by itself: x.npy with y.npy, …-images… with …-labels…)");
        return Read(path, Open(path), Open(targets), options);
    }

    /// <summary>Whether a file of samples has its targets beside it: in the same archive, or in the file that its name leads to.</summary>
    public static bool HasTargets(string path, DatasetOptions options)
    {
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)) return options.TargetPath is not null || Partner(path) is not null;
        return NpzFile.Open(path).Names.Contains(options.TargetName ?? "y", StringComparer.OrdinalIgnoreCase);
    }

    public static Samples ReadSamples(string path, ArrayLayout? layout, Func<SampleShape, bool>? suits = null)
    {
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)) return Take(Open(path), layout, suits);
        NpzFile file = NpzFile.Open(path);
        return Take(file.Read(Find(path, file, "x")), layout, suits);
    }

    /// <summary>What the headers tell is refused before any number is read; targets first, which are fewer.</summary>
    private static (Samples, RawTargets, ValueList<string>) Read(string path, NpyArray x, NpyArray y, DatasetOptions options)
    {
        ArrayLayout? layout = LayoutOf(x, options.Layout, options.Suits);
        _ = Samples.ShapeOf(x, layout);
        if (y.Shape.Count > 0 && x.Shape[0] != y.Shape[0])
        {
            throw new ShapeMismatchException(
                $"Cannot read '{path}'", $"it has {x.Shape[0]} samples", $"{y.Source} has {y.Shape[0]} targets", "Pass as many targets as samples");
        }

        MemoryBudget.Require(options.Copies * x.Count * sizeof(double), $"Cannot read {x.Source}", "Use fewer points, or a machine with more memory");
        RawTargets targets = Targets(y);
        return (Samples.From(x, layout), targets, []);
    }

    private static Samples Take(NpyArray x, ArrayLayout? layout, Func<SampleShape, bool>? suits) => Samples.From(x, LayoutOf(x, layout, suits));

    private static ArrayLayout? LayoutOf(NpyArray x, ArrayLayout? layout, Func<SampleShape, bool>? suits) =>
        layout ?? (suits is null ? null : Samples.LayoutOf(x, suits));

    private static NpyArray Open(string path) => IsIdx(Path.GetFileName(path).ToLowerInvariant()) ? IdxFile.Open(path) : NpyFile.Open(path);

    /// <summary>The name as asked, or but for its case.</summary>
    private static string Find(string path, NpzFile file, string name)
    {
        if (file.Names.Contains(name)) return name;
        string[] alike = [.. file.Names.Where(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase))];
        if (alike.Length == 1) return alike[0];
        throw new InvalidFileException(
            $"Cannot read '{path}'", $"it holds {(file.Names.Count == 0 ? "no arrays" : string.Join(", ", file.Names))}", $"an array named {name} is required",
            file.Names.Contains("x_train")
                ? "Save one set a file: numpy.savez('train.npz', x=x_train, y=y_train), and pass the other with --test"
                : "Save them under these names: numpy.savez('data.npz', x=samples, y=targets)");
    }

    /// <summary>The file of targets that belongs to a file of samples by its name.</summary>
    private static string? Partner(string path)
    {
        string name = Path.GetFileName(path);
        string[] candidates =
        [
            name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal),
            name.StartsWith('x') ? $"y{name[1..]}" : name.StartsWith('X') ? $"y{name[1..]}" : name,
        ];
        return candidates.Where(candidate => candidate != name)
            .Select(candidate => Path.Combine(Path.GetDirectoryName(path) ?? "", candidate)).FirstOrDefault(File.Exists);
    }

    private static RawTargets Targets(NpyArray y)
    {
        if (y.Shape.Count is < 1 or > 2 || (y.Shape.Count == 2 && y.Shape[1] == 0))
        {
            throw new ShapeMismatchException(
                $"Cannot take targets from {y.Source}", $"its shape is ({string.Join(", ", y.Shape)})", "(points) or (points, outputs) is required",
                "Reshape it: y.reshape(len(y), -1)");
        }

        if (y.Shape[0] > Array.MaxLength)
        {
            throw new ShapeMismatchException($"Cannot take targets from {y.Source}", $"it has {y.Shape[0]}", $"at most {Array.MaxLength} are possible", "Use fewer points");
        }

        MemoryBudget.Require(y.Count * BytesPerTarget, $"Cannot read {y.Source}", "Use fewer points, or a machine with more memory");
        using KernelMatrix<double> values = y.ToMatrix<double>();
        var columns = new double[values.Columns][];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[values.Rows];
            for (int i = 0; i < values.Rows; i++)
            {
                columns[c][i] = values[i, c];
                if (double.IsFinite(columns[c][i])) continue;
                throw new NonFiniteInputException(
                    $"Cannot use {y.Source}", $"row {i}, column {c} is {values[i, c].ToString(CultureInfo.InvariantCulture)}", "every target must be finite",
                    "Remove that point or replace its target (rows and columns count from 0)");
            }
        }

        return new RawTargets(y.Name, y.Source, null, columns);
    }
}
