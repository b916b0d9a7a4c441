namespace InfiniteNtk.Regression.Predictors;

/// <summary>Means and variances of many test points, a part at a time: memory is proportional to their number, not its square.</summary>
internal static class PosteriorParts
{
    /// <summary>A posterior without covariance.</summary>
    /// <param name="points">What was trained on.</param>
    /// <param name="tests">The test points.</param>
    /// <param name="columns">Number of outputs.</param>
    /// <param name="outputs">The kernels with the training points that <paramref name="predict"/> needs.</param>
    /// <param name="prior">The kernel of the prior.</param>
    /// <param name="predict">Mean and variances of a part, in the targets' units.</param>
    public static Posterior Of(
        TrainingPoints points, Samples tests, nint columns, KernelOutputs outputs, KernelKind prior, Func<KernelPair<double>, KernelMatrix<double>, Posterior> predict)
    {
        var mean = new KernelMatrix<double>(tests.Count, columns);
        var variances = new KernelMatrix<double>(tests.Count, 1);
        try
        {
            points.ForEachPart(tests, outputs, TrainingPoints.OutputOf(prior), (first, cross, diagonal) =>
            {
                using Posterior part = predict(cross, TrainingPoints.Of(diagonal!, prior));
                part.Mean.View.CopyTo(mean.View.Slice(first, 0, part.Mean.Rows, columns));
                for (int i = 0; i < part.Variances.Count; i++) variances[first + i, 0] = part.Variances[i];
            });
            return new Posterior(mean, variances, TargetUnits.AsTheyAre(columns));
        }
        catch
        {
            mean.Dispose();
            variances.Dispose();
            throw;
        }
    }
}
