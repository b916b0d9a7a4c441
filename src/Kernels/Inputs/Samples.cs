using System.Globalization;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk;

/// <summary>
/// The points a kernel is evaluated on: N samples of one shape, channels last, finite, not changed after construction.
/// </summary>
/// <remarks>The input kernel is K = ⟨x, x'⟩/C per position: uncentred, divided by the number of channels.</remarks>
public sealed partial class Samples : IDisposable
{
    /// <summary>Takes ownership of an N × size matrix whose rows are samples in C order, channels last.</summary>
    /// <exception cref="ShapeMismatchException">The row length is not the shape's size.</exception>
    /// <exception cref="NonFiniteInputException">An entry is NaN or infinite; the first row and column are named.</exception>
    public Samples(KernelMatrix<double> rows, SampleShape shape) : this(rows, shape, "these samples")
    {
    }

    private Samples(KernelMatrix<double> rows, SampleShape shape, string source)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(shape);
        if (rows.Columns != shape.Size)
        {
            throw new ShapeMismatchException(
                "Cannot read samples", $"each row has {rows.Columns} numbers", $"{shape} need {shape.Size}", "Pass rows of that length or another shape");
        }

        RequireFinite(rows, shape, source);
        Rows = rows;
        Shape = shape;
    }

    /// <summary>N × size, one sample a row.</summary>
    public KernelMatrix<double> Rows { get; }

    /// <summary>The shape of each sample.</summary>
    public SampleShape Shape { get; }

    /// <summary>Number of samples.</summary>
    public nint Count => Rows.Rows;

    /// <summary>Images [sample][row][column][channel].</summary>
    /// <exception cref="ShapeMismatchException">An image has no pixels.</exception>
    /// <exception cref="NonFiniteInputException">An entry is NaN or infinite.</exception>
    public static Samples FromImages(double[,,,] images)
    {
        ArgumentNullException.ThrowIfNull(images);
        int count = images.GetLength(0);
        var shape = new SampleShape([images.GetLength(1), images.GetLength(2)], images.GetLength(3));
        var rows = new KernelMatrix<double>(count, shape.Size);
        using IEnumerator<double> values = images.Cast<double>().GetEnumerator();
        for (int i = 0; i < count; i++)
        {
            foreach (ref double entry in rows.View.Row(i))
            {
                values.MoveNext();
                entry = values.Current;
            }
        }

        return new Samples(rows, shape);
    }

    /// <summary>
    /// Samples along the first axis of an array in a file: rank 2 are features; rank 3 images with one channel, or sequences as
    /// <paramref name="layout"/> says; rank 4 images with the channel last, or first as it says; higher ranks channel last.
    /// </summary>
    /// <exception cref="ShapeMismatchException">
    /// The rank is below 2, a sample has no numbers, the layout does not fit, or N × 3 × 32 × 32 and the like leave open where the
    /// channels are.
    /// </exception>
    /// <exception cref="NonFiniteInputException">An entry is NaN or infinite; its sample and place are named.</exception>
    /// <exception cref="InvalidFileException">The file is truncated or damaged.</exception>
    /// <exception cref="MemoryBudgetException">The samples do not fit the memory that is free.</exception>
    public static Samples From(NpyArray array, ArrayLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(array);
        SampleShape shape = ShapeOf(array, layout);
        KernelMatrix<double> rows = array.ToMatrix<double>();
        try
        {
            if (layout == ArrayLayout.Nchw) SampleLayout.MoveChannelsLast(rows.View, shape);
            return new Samples(rows, shape, array.Source);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>The shape that the samples of an array have, as <see cref="From"/> reads them, without reading their numbers.</summary>
    /// <exception cref="ShapeMismatchException">As there.</exception>
    public static SampleShape ShapeOf(NpyArray array, ArrayLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(array);
        return SampleLayout.Shape(array, layout);
    }

    /// <summary>For example "1797 samples of 64 features".</summary>
    public override string ToString() => $"{Count} sample{(Count == 1 ? "" : "s")} of {Shape}";

    /// <summary>
    /// The layout of an array of rank 3 or 4 under which alone its samples suit somebody, such as a network whose filters have one axis;
    /// null: none or several do, so that <see cref="From"/> goes by the rank.
    /// </summary>
    /// <param name="array">The array; its numbers are not read.</param>
    /// <param name="suits">Whether samples of a shape suit.</param>
    /// <exception cref="ShapeMismatchException">A sample has no numbers.</exception>
    public static ArrayLayout? LayoutOf(NpyArray array, Func<SampleShape, bool> suits)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(suits);
        return SampleLayout.Inferred(array, suits);
    }

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();

    private static void RequireFinite(KernelMatrix<double> rows, SampleShape shape, string source)
    {
        for (nint i = 0; i < rows.Rows; i++)
        {
            int column = rows.View.Row(i).IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
            if (column < 0) continue;
            string place = shape.Positions.Count == 0 ? $"column {column}" : $"column {column} ({Place(column, shape)})";
            throw new NonFiniteInputException(
                $"Cannot use {source}", $"row {i}, {place} is {rows[i, column].ToString(CultureInfo.InvariantCulture)}", "every number must be finite",
                "Remove or replace the missing values first (rows and columns count from 0)");
        }
    }

    /// <summary>Position and channel of a column, for example "position 3×5, channel 0".</summary>
    private static string Place(int column, SampleShape shape)
    {
        var position = new int[shape.Positions.Count];
        int rest = column / shape.Channels;
        for (int axis = position.Length - 1; axis >= 0; axis--) (rest, position[axis]) = Math.DivRem(rest, shape.Positions[axis]);
        return $"position {string.Join('×', position)}, channel {column % shape.Channels}";
    }
}
