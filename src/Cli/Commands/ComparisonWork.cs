using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Cli.Commands;

/// <summary>
/// What comparing kernels on a number of points takes, counted and not timed: the same on every machine, so that the points that are
/// taken are the same, too.
/// </summary>
/// <param name="Points">M.</param>
/// <param name="Sizes">The training-set sizes.</param>
/// <param name="Subsets">Random training sets per size.</param>
/// <param name="Outputs">Columns of targets.</param>
internal sealed record ComparisonWork(int Points, ValueList<int> Sizes, int Subsets, int Outputs)
{
    /// <summary>Cholesky inverses of M × M that the prediction at one size takes, as a rule.</summary>
    private const double InversesPerSize = 5;

    /// <summary>Steps of conjugate gradients for the covariances of outputs, as a rule.</summary>
    private const double CovarianceSteps = 20;

    /// <summary>Multiply-adds that all rows may take unasked: some five minutes on two processors.</summary>
    private const double MostMultiplyAdds = 1e13;

    /// <summary>Covariance entries, over all layers and pairs of points, that all networks may take unasked: some five minutes on two processors.</summary>
    private const double MostEntries = 6e11;

    /// <summary>Points that are always taken unasked.</summary>
    private const int AlwaysTaken = 1000;

    /// <summary>Multiply-adds of predicting and measuring one kernel; it grows as M³.</summary>
    public double MultiplyAdds
    {
        get
        {
            double cube = Cube(Points), square = (double)Points * Points;
            double prediction = Sizes.Count * (InversesPerSize * cube + CovarianceSteps * Outputs * (Outputs + 1) / 2 * square);
            double spectrumAndLeverage = 3.4 * cube + cube;
            double measurement = Subsets * Sizes.Sum(n => Cube(n) + Outputs * square);
            return prediction + spectrumAndLeverage + measurement;
        }
    }

    /// <summary>Bytes beside the samples: the pair of kernels, the inverse and the spectrum's copy, the coefficients of subsets; it grows as M².</summary>
    public double Bytes => sizeof(double) * (4.0 * Points * Points + 2.0 * Points * Math.Max(512, Outputs * (Outputs + 1) / 2));

    /// <summary>
    /// The points to take unasked of <paramref name="population"/>: all where that takes minutes, else as many hundreds as do; twice the
    /// largest training set at least.
    /// </summary>
    public static int PointsUnasked(int population, IReadOnlyList<KernelProgram> networks, ValueList<int>? sizes, int subsets, int outputs)
    {
        double areas = networks.Sum(Area);
        int rows = 2 * networks.Count + BaselineKernels.Names.Count, least = Math.Max(AlwaysTaken, 2 * (sizes?.Max() ?? 0));
        if (population <= least || Fits(population)) return population;
        int hundreds = population / 100;
        while (hundreds * 100 > least && !Fits(hundreds * 100)) hundreds--;
        return Math.Max(hundreds * 100, least);

        bool Fits(int points) =>
            areas * points * (points + 1.0) / 2 <= MostEntries
            && rows * new ComparisonWork(points, sizes ?? ComparisonOptions.DefaultSizes(points), subsets, outputs).MultiplyAdds <= MostMultiplyAdds;
    }

    /// <summary>Entries of the covariances between positions that one pair of samples takes.</summary>
    public static double Area(KernelProgram program) => ProgramSupports.Of(program).Cross.Sum(offsets => (double)(offsets?.Area ?? 0));

    private static double Cube(double order) => order * order * order;
}
