using System.Globalization;
using System.Numerics;

namespace InfiniteNtk;

public sealed unsafe partial class KernelMatrix<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>For example "3 × 3 float64, symmetric, first row 1.5, 0.25, 0.125"; at most three entries are shown.</summary>
    public override string ToString()
    {
        string kind = $"{Rows} × {Columns} {(typeof(T) == typeof(float) ? "float32" : "float64")}{(Structure == MatrixStructure.Symmetric ? ", symmetric" : "")}";
        if (_memory.IsDisposed) return $"{kind}, disposed";
        if (Rows == 0 || Columns == 0) return kind;
        string[] shown = [.. Enumerable.Range(0, (int)Math.Min(3, Columns)).Select(j => this[0, j].ToString("G6", CultureInfo.InvariantCulture))];
        return $"{kind}, first row {string.Join(", ", shown)}{(Columns > 3 ? ", …" : "")}";
    }

    /// <summary>The rows at these places, copied, in this order; one may occur several times.</summary>
    /// <exception cref="InvalidArgumentException">A place does not exist.</exception>
    public KernelMatrix<T> TakeRows(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var taken = new KernelMatrix<T>(rows.Count, Columns);
        for (int i = 0; i < rows.Count; i++)
        {
            if ((uint)rows[i] >= (nuint)Rows)
            {
                throw new InvalidArgumentException(
                    "Cannot take these points", $"point {rows[i]} was asked for", $"there are {Rows} points, counted from 0", "Take points that exist");
            }

            View.Row(rows[i]).CopyTo(taken.View.Row(i));
        }

        return taken;
    }
}
