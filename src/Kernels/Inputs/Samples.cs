using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Inputs;

/// <summary>
/// The points a kernel is evaluated on: N samples of one shape, channels last, finite, not changed after construction.
/// </summary>
/// <remarks>The input kernel is K = ⟨x, x'⟩/C per position: uncentred, divided by the number of channels.</remarks>
public sealed class Samples : IDisposable
{
    /// <summary>Takes ownership of an N × size matrix whose rows are samples in C order, channels last.</summary>
    /// <exception cref="ShapeMismatchException">The row length is not the shape's size.</exception>
    /// <exception cref="NonFiniteInputException">An entry is NaN or infinite; the first row and column are named.</exception>
    public Samples(KernelMatrix<double> rows, SampleShape shape)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(shape);
        if (rows.Columns != shape.Size)
        {
            throw new ShapeMismatchException(
                "Cannot read samples", $"each row has {rows.Columns} numbers", $"{shape} need {shape.Size}", "Pass rows of that length or another shape");
        }

        RequireFinite(rows);
        Rows = rows;
        Shape = shape;
    }

    /// <summary>N × size, one sample a row.</summary>
    public KernelMatrix<double> Rows { get; }

    /// <summary>The shape of each sample.</summary>
    public SampleShape Shape { get; }

    /// <summary>Number of samples.</summary>
    public nint Count => Rows.Rows;

    /// <summary>Feature vectors, one a row.</summary>
    public static Samples FromRows(double[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Samples(KernelMatrix<double>.From(rows), SampleShape.Features(Math.Max(rows.GetLength(1), 1)));
    }

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();

    private static void RequireFinite(KernelMatrix<double> rows)
    {
        for (nint i = 0; i < rows.Rows; i++)
        {
            int column = rows.View.Row(i).IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
            if (column >= 0)
            {
                throw new NonFiniteInputException(
                    "Cannot use these samples", $"row {i}, column {column} is {rows[i, column]}", "every number must be finite",
                    "Remove or replace the missing values first");
            }
        }
    }
}
