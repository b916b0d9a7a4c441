namespace InfiniteNtk.Tests.Support;

/// <summary>Seeded matrices with known properties for the laws of linear algebra.</summary>
public static class SymmetricMatrices
{
    /// <summary>Uniform numbers in [-1, 1].</summary>
    public static KernelMatrix<double> Random(Random random, nint rows, nint columns)
    {
        ArgumentNullException.ThrowIfNull(random);
        var matrix = new KernelMatrix<double>(rows, columns);
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = 0; j < columns; j++) matrix[i, j] = 2 * random.NextDouble() - 1;
        }

        return matrix;
    }

    /// <summary>X·Xᵀ + shift·I of random X with <paramref name="rank"/> columns, scaled to a diagonal of about 1.</summary>
    public static KernelMatrix<double> Gram(Random random, nint size, nint rank, double shift)
    {
        using KernelMatrix<double> x = Random(random, size, rank);
        var matrix = new KernelMatrix<double>(size, size, MatrixStructure.Symmetric);
        for (nint i = 0; i < size; i++)
        {
            for (nint j = 0; j <= i; j++)
            {
                double sum = 0;
                for (nint k = 0; k < rank; k++) sum += x[i, k] * x[j, k];
                matrix[i, j] = matrix[j, i] = sum * 3 / Math.Max(rank, 1) + (i == j ? shift : 0);
            }
        }

        return matrix;
    }

    /// <summary>Σ λᵢ qᵢqᵢᵀ with qᵢ the columns of a product of random reflections: the given spectrum to rounding.</summary>
    public static KernelMatrix<double> WithSpectrum(Random random, IReadOnlyList<double> eigenvalues)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(eigenvalues);
        int size = eigenvalues.Count;
        var matrix = new KernelMatrix<double>(size, size, MatrixStructure.Symmetric);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) matrix[i, j] = i == j ? eigenvalues[i] : 0;
        }

        for (int round = 0; round < 3; round++) Reflect(random, matrix);
        return matrix;
    }

    /// <summary>A copy, every entry multiplied.</summary>
    public static KernelMatrix<double> Scaled(this KernelMatrix<double> matrix, double factor)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var copy = new KernelMatrix<double>(matrix.Rows, matrix.Columns, matrix.Structure);
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j < matrix.Columns; j++) copy[i, j] = factor * matrix[i, j];
        }

        return copy;
    }

    /// <summary>The plain triple loop, the oracle of all products.</summary>
    public static KernelMatrix<double> Times(this KernelMatrix<double> left, KernelMatrix<double> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var product = new KernelMatrix<double>(left.Rows, right.Columns);
        for (nint i = 0; i < left.Rows; i++)
        {
            Span<double> row = product.View.Row(i);
            row.Clear();
            for (nint k = 0; k < left.Columns; k++)
            {
                double factor = left[i, k];
                Span<double> other = right.View.Row(k);
                for (int j = 0; j < row.Length; j++) row[j] += factor * other[j];
            }
        }

        return product;
    }

    /// <summary>Its transpose.</summary>
    public static KernelMatrix<double> Transposed(this KernelMatrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var result = new KernelMatrix<double>(matrix.Columns, matrix.Rows);
        for (nint i = 0; i < matrix.Rows; i++)
        {
            for (nint j = 0; j < matrix.Columns; j++) result[j, i] = matrix[i, j];
        }

        return result;
    }

    /// <summary>The largest absolute difference of two entries.</summary>
    public static double Distance(this KernelMatrix<double> left, KernelMatrix<double> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        double largest = 0;
        for (nint i = 0; i < left.Rows; i++)
        {
            for (nint j = 0; j < left.Columns; j++)
            {
                double difference = Math.Abs(left[i, j] - right[i, j]);
                if (!(difference <= largest)) largest = difference;
            }
        }

        return largest;
    }

    private static void Reflect(Random random, KernelMatrix<double> a)
    {
        int size = (int)a.Rows;
        double[] v = [.. Enumerable.Range(0, size).Select(_ => 2 * random.NextDouble() - 1)];
        double square = v.Sum(x => x * x);
        var av = new double[size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) av[i] += a[i, j] * v[j];
        }

        double vav = v.Zip(av, (x, y) => x * y).Sum();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[i, j] += (4 * vav / square * v[i] * v[j] - 2 * (v[i] * av[j] + av[i] * v[j])) / square;
                a[j, i] = a[i, j];
            }
        }
    }
}
