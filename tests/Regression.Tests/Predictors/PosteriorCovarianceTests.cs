using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

/// <summary>Covariances between different test points, by loops that know no linear algebra but the elimination of one point.</summary>
public sealed class PosteriorCovarianceTests
{
    private const int Training = 9, Tests = 6, All = Training + Tests;
    private const double Delta = 0.07;

    [Fact]
    public void A_posterior_is_what_remains_after_one_point_after_another_is_seen()
    {
        using KernelMatrix<double> joint = SymmetricMatrices.Gram(new Random(21), All, 5, 0.02), y = SymmetricMatrices.Random(new Random(22), Training, 2);
        using GaussianProcess process = GaussianProcess.Fit(AmongTraining(joint), y, Ridge.Absolute(Delta));
        using Posterior posterior = process.Predict(Cross(joint), AmongTests(joint));

        double[,] rest = new double[All, All];
        for (int i = 0; i < All; i++)
        {
            for (int j = 0; j < All; j++) rest[i, j] = joint[i, j];
        }

        for (int seen = 0; seen < Training; seen++)
        {
            double[] column = [.. Enumerable.Range(0, All).Select(i => rest[i, seen])];
            for (int i = 0; i < All; i++)
            {
                for (int j = 0; j < All; j++) rest[i, j] -= column[i] * column[j] / (column[seen] + Delta);
            }
        }

        RequireEqual((i, j) => rest[Training + i, Training + j], posterior.Covariance);
    }

    [Fact]
    public void An_ensemble_varies_as_the_linear_map_of_its_random_start()
    {
        using KernelMatrix<double> nngp = SymmetricMatrices.Gram(new Random(23), All, 20, 0.1), ntk = SymmetricMatrices.Gram(new Random(24), All, 7, 0.05);
        using KernelMatrix<double> y = SymmetricMatrices.Random(new Random(25), Training, 2);
        using TrainedEnsemble ensemble = TrainedEnsemble.AllLayers(AmongTraining(nngp), AmongTraining(ntk), y, Ridge.Absolute(Delta));
        using Posterior converged = ensemble.Predict(double.PositiveInfinity, Cross(nngp), Cross(ntk), AmongTests(nngp));
        using TrainedEnsemble trained = TrainedEnsemble.AllLayers(AmongTraining(nngp), AmongTraining(ntk), y, Ridge.Absolute(Delta));
        using Posterior end = trained.Predict(1e9, Cross(nngp), Cross(ntk), AmongTests(nngp));

        // f at a test point is f_* - a.f_d with a = (Theta + delta)^-1 Theta_d*: its covariance is that of the start, mapped.
        double[][] maps = [.. Enumerable.Range(0, Tests).Select(t => Solve(ntk, [.. Enumerable.Range(0, Training).Select(i => ntk[i, Training + t])]))];
        double Coefficient(int test, int point) => point < Training ? -maps[test][point] : point == Training + test ? 1 : 0;
        double Covariance(int i, int j)
        {
            double sum = 0;
            for (int p = 0; p < All; p++)
            {
                for (int q = 0; q < All; q++) sum += Coefficient(i, p) * nngp[p, q] * Coefficient(j, q);
            }

            return sum;
        }

        RequireEqual(Covariance, converged.Covariance);
        RequireEqual(Covariance, end.Covariance);
    }

    private static void RequireEqual(Func<int, int, double> expected, KernelMatrix<double> covariance)
    {
        Assert.Equal((Tests, Tests), (covariance.Rows, covariance.Columns));
        double largest = 0;
        for (int i = 0; i < Tests; i++)
        {
            for (int j = 0; j < Tests; j++)
            {
                Assert.Equal(expected(i, j), covariance[i, j], 1e-11);
                if (i != j) largest = Math.Max(largest, Math.Abs(covariance[i, j]));
            }
        }

        Assert.True(largest > 1e-3, "Test points that do not vary together would show nothing.");
    }

    /// <summary>(Theta + delta)^-1 b by Gaussian elimination.</summary>
    private static double[] Solve(KernelMatrix<double> theta, double[] b)
    {
        double[][] rows = [.. Enumerable.Range(0, Training).Select(i => Enumerable.Range(0, Training).Select(j => theta[i, j] + (i == j ? Delta : 0)).Append(b[i]).ToArray())];
        for (int pivot = 0; pivot < Training; pivot++)
        {
            for (int i = 0; i < Training; i++)
            {
                double factor = i == pivot ? 0 : rows[i][pivot] / rows[pivot][pivot];
                for (int j = 0; j <= Training; j++) rows[i][j] -= factor * rows[pivot][j];
            }
        }

        return [.. rows.Select((row, i) => row[Training] / row[i])];
    }

    private static KernelMatrix<double> AmongTraining(KernelMatrix<double> joint) => Part(joint, 0, 0, Training, Training);

    private static KernelMatrix<double> Cross(KernelMatrix<double> joint) => Part(joint, Training, 0, Tests, Training);

    private static KernelMatrix<double> AmongTests(KernelMatrix<double> joint) => Part(joint, Training, Training, Tests, Tests);

    private static KernelMatrix<double> Part(KernelMatrix<double> joint, int row, int column, int rows, int columns)
    {
        var part = new KernelMatrix<double>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) part[i, j] = joint[row + i, column + j];
        }

        return part;
    }
}
