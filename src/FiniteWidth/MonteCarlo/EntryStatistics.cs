namespace InfiniteNtk;

/// <summary>
/// Mean and spread of each entry of a random matrix, updated draw by draw without keeping the draws.
/// </summary>
/// <remarks>B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962).</remarks>
public sealed class EntryStatistics
{
    private readonly double[,] _mean;

    /// <summary>Σ (draw − mean)² per entry.</summary>
    private readonly double[,] _squares;

    /// <summary>No draws yet.</summary>
    public EntryStatistics(int rows, int columns)
    {
        _mean = new double[rows, columns];
        _squares = new double[rows, columns];
    }

    /// <summary>Draws taken in.</summary>
    public int Draws { get; private set; }

    /// <summary>Rows of the matrix.</summary>
    public int Rows => _mean.GetLength(0);

    /// <summary>Columns of the matrix.</summary>
    public int Columns => _mean.GetLength(1);

    /// <summary>The mean of an entry; 0 before the first draw.</summary>
    public double Mean(int row, int column) => _mean[row, column];

    /// <summary>The unbiased variance of an entry of a single draw; NaN below two draws.</summary>
    public double Variance(int row, int column) => Draws < 2 ? double.NaN : _squares[row, column] / (Draws - 1);

    /// <summary>The standard error of the mean, √(variance/draws); NaN below two draws.</summary>
    public double StandardError(int row, int column) => Math.Sqrt(Variance(row, column) / Draws);

    /// <summary>The largest standard error relative to √(K_ii K_jj) of the means, over a symmetric matrix; NaN below two draws.</summary>
    public double LargestRelativeError()
    {
        double largest = 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                double scale = Math.Sqrt(_mean[i, i] * _mean[j, j]);
                if (scale > 0) largest = Math.Max(largest, StandardError(i, j) / scale);
            }
        }

        return Draws < 2 ? double.NaN : largest;
    }

    /// <summary>The means as a matrix.</summary>
    public KernelMatrix<double> ToMatrix(MatrixStructure structure = MatrixStructure.General) => KernelMatrix<double>.From(_mean, structure);

    /// <summary>For example "mean of 100 draws, 3 × 3".</summary>
    public override string ToString() => $"mean of {Draws} draws, {Rows} × {Columns}";

    /// <summary>Takes in one draw.</summary>
    internal void Add(KernelMatrix<double> draw)
    {
        Draws++;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                double before = draw[i, j] - _mean[i, j];
                _mean[i, j] += before / Draws;
                _squares[i, j] += before * (draw[i, j] - _mean[i, j]);
            }
        }
    }
}
