using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>The probability that each point's own class wins, its outputs being normal with the predicted mean and covariance.</summary>
internal static class ClassProbabilities
{
    /// <summary>One probability a point. Two classes in one column: Phi(y fbar/s); several: P(arg max = class).</summary>
    /// <param name="targets">The classes.</param>
    /// <param name="means">fbar, without what the targets were centred by, M x O row by row.</param>
    /// <param name="moments">Variance, or covariances for several outputs (absent: the mean decides).</param>
    /// <param name="workers">Who shares the points.</param>
    /// <param name="points">The point of each row of means and moments; null: row i is point i.</param>
    public static double[] Of(Targets targets, double[] means, PointMoments moments, Workers workers, int[]? points = null)
    {
        int outputs = (int)targets.Values.Columns;
        int pairs = moments.Covariances.Length == 0 ? 0 : outputs * (outputs + 1) / 2;
        double[] probabilities = new double[points?.Length ?? targets.Classes.Count];
        workers.Run(probabilities.Length, row =>
        {
            int i = (int)row, own = targets.Classes[points?[i] ?? i];
            double[] mean = means[(i * outputs)..((i + 1) * outputs)];
            for (int k = 0; k < outputs; k++) mean[k] += targets.DecisionOffset(k);
            probabilities[i] = outputs == 1
                ? NormalOrthant.Above(mean[0] * (own == 1 ? 1 : -1), Math.Sqrt(moments.Variance[i]))
                : OfOwnClass(mean, moments.Covariances.AsSpan(i * pairs, pairs), own);
        });
        return probabilities;
    }

    /// <summary>P(f_c > f_k for all k), from the differences f_c - f_k and their covariance.</summary>
    private static double OfOwnClass(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariances, int own)
    {
        int count = mean.Length - 1;
        double[] differences = new double[count];
        double[,] covariance = new double[count, count];
        for (int a = 0; a < count; a++)
        {
            int k = a < own ? a : a + 1;
            differences[a] = mean[own] - mean[k];
            for (int b = 0; covariances.Length > 0 && b <= a; b++)
            {
                int l = b < own ? b : b + 1;
                double value = Entry(covariances, own, own, mean.Length) - Entry(covariances, own, k, mean.Length)
                    - Entry(covariances, own, l, mean.Length) + Entry(covariances, k, l, mean.Length);
                covariance[a, b] = covariance[b, a] = value;
            }
        }

        return NormalOrthant.Probability(differences, covariance);
    }

    private static double Entry(ReadOnlySpan<double> triangle, int k, int l, int outputs)
    {
        (int row, int column) = k <= l ? (k, l) : (l, k);
        return triangle[row * outputs - row * (row - 1) / 2 + column - row];
    }
}
