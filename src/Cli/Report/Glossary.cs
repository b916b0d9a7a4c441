namespace InfiniteNtk.Cli.Report;

/// <summary>What each column of a comparison means, for someone who reads nothing else.</summary>
internal static class Glossary
{
    /// <summary>Term and meaning.</summary>
    public static IEnumerable<(string Term, string Meaning)> Of(TaskKind task)
    {
        yield return ("NNGP, NTK", "The two kernels of an infinitely wide network. NNGP: the covariance of its outputs at random weights; regression with it "
            + "is a Bayesian network. NTK: the kernel that governs training all layers by gradient descent; regression with it is the network trained to the end.");
        yield return ("n", "Number of training points, drawn without replacement from the data set.");
        yield return ("nMSE", "Mean squared error on points not trained on, divided by the mean square of the targets: 0 is perfect, 1 is what predicting the centre of the targets everywhere gives.");
        yield return ("measured", "Mean error over random training sets, each really solved and tested on all other points; ± one standard error. "
            + "All rows use the same training sets, so they are compared set by set: a row ties with the best unless it is worse on more sets than chance explains (signed ranks of "
            + "the ratios of errors), or its mean is larger by more than three standard errors of a typical ratio. One huge error makes no tie.");
        yield return ("median", "The middle error of the training sets. Where it parts from the mean, a few training sets are far worse than the others, and the mean is known to no better than a factor.");
        yield return ("miss", "A prediction above the larger, or below the smaller, of mean and median by more than three standard errors of a typical error (of the mean of its logarithm).");
        yield return ("predicted", "The error to expect at n, computed from the kernel matrix and all labels without training on any subset (point-resolved theory). Exact copies are counted. It misses "
            + "where near-duplicates that are no copies are common, and in few dimensions (up to 30 % low): there neighbours in a training set act together.");
        yield return ("spectral", "The same from eigenvalues and label coefficients alone. It explains which directions are learnt when, but it takes all points to be alike, and no number of "
            + "the kernel matrix says beforehand how wrong that is: on real data it is off by a few percent or by factors, and it knows no copies. Trust it where it agrees with the measurement.");
        yield return ("leave-one-out", "The error on each training point when the other n − 1 are trained on: an estimate without theory, beside the two.");
        yield return ("predicted rank", "The row's place when ordered by predicted error. Where it follows the order of the table, the comparison could have been made without training.");
        if (task == TaskKind.Classification)
        {
            yield return ("accuracy", "Share of points not trained on whose class is right; predicted from the mean and variance of the outputs, and measured.");
        }
        else
        {
            yield return ("R², RMSE", "R² = 1 − nMSE, the share of the target's variance explained; RMSE is the root of the mean squared error in the target's own unit.");
        }

        yield return ("log evidence", "Log marginal likelihood of all targets under the kernel as a Gaussian-process prior (a number to be predicted is first divided by its standard deviation), per point and output; higher is better.");
        yield return ("alignment", "Kernel–target alignment yᵀKy / (‖K‖ ‖y‖²): how much of the kernel's largest directions the labels use.");
        yield return ("effective dimension", "tr K(K + δ)⁻¹: the number of directions that the ridge δ leaves free.");
        yield return ("condition number", "(λmax + δ)/(λmin + δ) of the whole kernel matrix: a solution loses about its logarithm in digits.");
        yield return ("ms per entry", "Time to compute the kernel, per computed entry.");
    }
}
