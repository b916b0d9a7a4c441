using System.Numerics;

namespace InfiniteNtk;

public sealed partial class Samples
{
    private const string Asked = "Cannot take samples from these rows";

    /// <summary>Samples from arrays in memory, copied: one sample a row, in C order with channels last.</summary>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="shape">The shape of a sample; null: a vector of as many features as a row has numbers.</param>
    /// <exception cref="ShapeMismatchException">The rows differ in length, are not the shape's size, or nothing says how many features there are.</exception>
    /// <exception cref="NonFiniteInputException">An entry is NaN or infinite; the first row and column are named.</exception>
    public static Samples FromRows(double[][] rows, SampleShape? shape = null) => FromJagged(rows, shape);

    /// <inheritdoc cref="FromRows(double[][], SampleShape?)"/>
    public static Samples FromRows(float[][] rows, SampleShape? shape = null) => FromJagged(rows, shape);

    /// <inheritdoc cref="FromRows(double[][], SampleShape?)"/>
    public static Samples FromRows(double[,] rows, SampleShape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Samples(KernelMatrix<double>.From(rows), ShapeOf(rows.GetLength(1), shape));
    }

    /// <inheritdoc cref="FromRows(double[][], SampleShape?)"/>
    public static Samples FromRows(float[,] rows, SampleShape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Samples(KernelMatrix<float>.From(rows).ConvertTo<double>(), ShapeOf(rows.GetLength(1), shape));
    }

    /// <summary>Samples from numbers that lie one sample after the other, copied; each in C order with channels last.</summary>
    /// <param name="values">N × size numbers.</param>
    /// <param name="shape">The shape of a sample, for example <see cref="SampleShape.Features"/>.</param>
    /// <exception cref="ShapeMismatchException">They are no whole number of samples.</exception>
    /// <exception cref="NonFiniteInputException">An entry is NaN or infinite; the first row and column are named.</exception>
    public static Samples FromRows(ReadOnlySpan<double> values, SampleShape shape) => FromFlat(values, shape);

    /// <inheritdoc cref="FromRows(ReadOnlySpan{double}, SampleShape)"/>
    public static Samples FromRows(ReadOnlySpan<float> values, SampleShape shape) => FromFlat(values, shape);

    /// <summary>The samples at these places, copied, in this order; one may occur several times.</summary>
    /// <exception cref="InvalidArgumentException">A place does not exist.</exception>
    public Samples Take(IReadOnlyList<int> points) => new(Rows.TakeRows(points), Shape);

    /// <summary>Random training and test samples, each in the order they have here.</summary>
    /// <inheritdoc cref="Partition.Split(nint, double, int, IReadOnlyList{int}?)"/>
    public (Samples Train, Samples Test) Split(double trainFraction, int seed = 0) => Take(Partition.Split(Count, trainFraction, seed));

    /// <summary>Random training and test samples, each in the order they have here.</summary>
    /// <inheritdoc cref="Partition.Split(nint, int, int, IReadOnlyList{int}?)"/>
    public (Samples Train, Samples Test) Split(int trainCount, int seed = 0) => Take(Partition.Split(Count, trainCount, seed));

    private (Samples Train, Samples Test) Take(Partition parts) => (Take(parts.Train), Take(parts.Test));

    private static Samples FromJagged<T>(T[][] rows, SampleShape? shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Length == 0 && shape is null)
        {
            throw new ShapeMismatchException(Asked, "there are no rows", "the first row says how many features there are", "Pass rows, or the shape of a sample");
        }

        int length = rows.Length == 0 ? shape!.Size : rows[0]?.Length ?? -1;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is { } row && row.Length == length) continue;
            string received = rows[i] is null ? $"row {i} is null" : $"row {i} has {rows[i].Length} numbers and row 0 has {length}";
            throw new ShapeMismatchException(Asked, received, "rows of one length are required", "Complete or remove that row (rows count from 0)");
        }

        var matrix = new KernelMatrix<double>(rows.Length, length);
        for (int i = 0; i < rows.Length; i++) Convert<T>(rows[i], matrix.View.Row(i));
        return new Samples(matrix, ShapeOf(length, shape));
    }

    private static Samples FromFlat<T>(ReadOnlySpan<T> values, SampleShape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        (int count, int rest) = Math.DivRem(values.Length, shape.Size);
        if (rest != 0)
        {
            throw new ShapeMismatchException(
                "Cannot take samples from these numbers", $"there are {values.Length} of them", $"samples of {shape} take {shape.Size} each",
                "Pass whole samples, or another shape");
        }

        var matrix = new KernelMatrix<double>(count, shape.Size);
        for (int i = 0; i < count; i++) Convert(values.Slice(i * shape.Size, shape.Size), matrix.View.Row(i));
        return new Samples(matrix, shape);
    }

    private static SampleShape ShapeOf(int length, SampleShape? shape) => shape ?? (length > 0
        ? SampleShape.Features(length)
        : throw new ShapeMismatchException(Asked, "the rows are empty", "samples of at least one number are required", "Pass rows with numbers"));

    private static void Convert<T>(ReadOnlySpan<T> source, Span<double> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < source.Length; j++) target[j] = double.CreateTruncating(source[j]);
    }
}
