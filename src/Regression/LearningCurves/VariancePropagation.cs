using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Second moments of the residuals, H (d u) = pi d |g|^2, and of pairs of outputs with g_k g_l on the right.</summary>
/// <param name="correlations">C.</param>
/// <param name="diagonal">d.</param>
/// <param name="residuals">g, M x O.</param>
/// <param name="pi">n/M.</param>
/// <param name="algebra">The backend.</param>
internal sealed class VariancePropagation(
    KernelMatrix<double> correlations, double[] diagonal, KernelMatrix<double> residuals, double pi, ILinearAlgebra algebra)
{
    /// <summary>Pairs of outputs solved at once.</summary>
    private const int Block = 64;

    private const double ErrorTolerance = 1e-13;

    /// <summary>Class probabilities need no more.</summary>
    private const double CovarianceTolerance = 1e-8;

    private readonly PropagationSystem _system = new(correlations, 1 - pi, algebra);

    /// <summary>u_i.</summary>
    public double[] SecondMoment { get; } = new double[diagonal.Length];

    /// <summary>dw_i/dpi, from H (d dw/dpi) = -1.</summary>
    public double[] Tangent { get; } = new double[diagonal.Length];

    /// <summary>Rayleigh quotient for the spectral radius of the variance equation, from the tangent, an inverse iteration on its top vector.</summary>
    public double Radius { get; private set; }

    /// <summary>E[residual_k residual_l] of point i at [i * Pairs + pair]; empty before <see cref="SolveCovariances"/>.</summary>
    public double[] PairMoments { get; private set; } = [];

    /// <summary>O.</summary>
    public int Outputs => (int)residuals.Columns;

    /// <summary>O (O+1)/2.</summary>
    public int Pairs => Outputs * (Outputs + 1) / 2;

    /// <summary>Fills errors, tangent and radius. False where H is not positive definite: errors are infinite then.</summary>
    public bool SolveErrors()
    {
        using var columns = new KernelMatrix<double>(diagonal.Length, 2);
        for (int i = 0; i < diagonal.Length; i++)
        {
            double square = 0;
            foreach (double g in residuals.View.Row(i)) square += g * g;
            columns[i, 0] = pi * diagonal[i] * square;
            columns[i, 1] = -1;
        }

        bool finite = _system.Solve(columns.View, ErrorTolerance);
        double sum = 0, squares = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            SecondMoment[i] = finite ? columns[i, 0] / diagonal[i] : double.PositiveInfinity;
            Tangent[i] = finite ? columns[i, 1] / diagonal[i] : 0;
            sum += columns[i, 1];
            squares += columns[i, 1] * columns[i, 1];
        }

        // x = -H^-1 1: x^T C x = (x^T x + sum x)/(1-pi), and the radius is (1-pi)/pi (lambda_max(C) - 1).
        Radius = !finite ? 1 : pi < 1 ? ((squares + sum) / squares - (1 - pi)) / pi : 0;
        return finite;
    }

    /// <summary>Fills <see cref="PairMoments"/>.</summary>
    public void SolveCovariances()
    {
        PairMoments = new double[(long)diagonal.Length * Pairs];
        (int K, int L)[] pairs = [.. Enumerable.Range(0, Outputs).SelectMany(k => Enumerable.Range(k, Outputs - k).Select(l => (k, l)))];
        for (int first = 0; first < Pairs; first += Block)
        {
            int width = Math.Min(Block, Pairs - first);
            using var columns = new KernelMatrix<double>(diagonal.Length, width);
            for (int i = 0; i < diagonal.Length; i++)
            {
                ReadOnlySpan<double> g = residuals.View.Row(i);
                for (int c = 0; c < width; c++) columns[i, c] = pi * diagonal[i] * g[pairs[first + c].K] * g[pairs[first + c].L];
            }

            _ = _system.Solve(columns.View, CovarianceTolerance);
            for (int i = 0; i < diagonal.Length; i++)
            {
                for (int c = 0; c < width; c++) PairMoments[(long)i * Pairs + first + c] = columns[i, c] / diagonal[i];
            }
        }
    }
}
