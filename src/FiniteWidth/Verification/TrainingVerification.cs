using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.FiniteWidth.Verification;

namespace InfiniteNtk;

/// <summary>Confronts the theory of trained infinitely wide networks with networks that are trained at growing widths.</summary>
/// <remarks>
/// <para>
/// Outputs scatter from start to start by their standard deviation at any width, which would take some ten thousand trainings to
/// average to 1 %. So each network is compared with what the theory says of its own start, p = f₀(x_*) + A·(y − f₀(x)): the
/// difference falls with 1/√width. Since E f₀ = 0, the mean of f − p is that of f less the predicted mean; and with m = A·y, that of
/// (f − m)(f − m)ᵀ − (p − m)(p − m)ᵀ is the error of the covariance, given that of the start (the NNGP kernel, judged apart).
/// </para>
/// <para>
/// Errors are fitted by a + b/√w + c/w. Where the activation is smooth, b is 0. A kink makes it not: gradient descent moves a
/// preactivation by a term of order 1/√w, its own sample's gradient stops at the kink, and so the neurons that reach it from one
/// side only do not cancel in the mean.
/// </para>
/// <para>A network has several outputs, trained together on the same targets: in the limit they are independent.</para>
/// </remarks>
public static class TrainingVerification
{
    private static readonly double[] _powers = [0.5, 1];

    /// <summary>Whether the theory follows the training of a network: not that of one with dropout, whose masks would change.</summary>
    public static bool CanFollow(Network network) => network switch
    {
        Dropout => false,
        Serial serial => serial.Parts.All(CanFollow),
        Repeat repeat => repeat.Count == 0 || CanFollow(repeat.Body),
        Sum sum => sum.Branches.All(CanFollow),
        Product product => product.Branches.All(CanFollow),
        Concat concat => concat.Branches.All(CanFollow),
        _ => true,
    };

    /// <summary>Trains networks at each width and judges means and covariances of their outputs.</summary>
    /// <param name="network">The architecture, without dropout.</param>
    /// <param name="task">Samples, targets, steps.</param>
    /// <param name="theory">What is claimed about a network that has all its widths. Disposed of here.</param>
    /// <param name="options">Widths, draws, seed; <see cref="VerificationOptions.NtkOutputs"/> is the number of outputs.</param>
    /// <exception cref="InvalidArgumentException">Fewer than four widths or two draws, or a network with dropout.</exception>
    /// <exception cref="ShapeMismatchException">Targets or responses do not fit the samples.</exception>
    /// <exception cref="NumericalFailureException">A training diverged.</exception>
    public static TrainingReport Run(Network network, TrainingTask task, Func<Network, TrainedLaw> theory, VerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(theory);
        options ??= new VerificationOptions();
        Require(network, task);
        var seen = new List<TrainedOutputs>();
        foreach (int width in options.Widths)
        {
            Network wide = new Widths(width, options.NtkOutputs).ApplyTo(network);
            seen.Add(new TrainedOutputs(wide, task, theory(wide), options with { Seed = KernelVerification.SeedOf(options.Seed, width) }, width));
        }

        try
        {
            return SamplingLooks.Run(
                options, draws => seen.ForEach(one => one.Continue(draws)), rule => Judge(task, seen, rule), report => [report.Mean, report.Covariance], 2);
        }
        finally
        {
            foreach (TrainedOutputs one in seen) one.Law.Dispose();
        }
    }

    private static TrainingReport Judge(TrainingTask task, List<TrainedOutputs> seen, VerdictRule rule)
    {
        int points = (int)task.Points.Count;
        var means = new List<EntryOverWidths>();
        var covariances = new List<EntryOverWidths>();
        for (int t = 0; t < task.Steps.Count; t++)
        {
            // Before the first step nothing has been learnt, and the start is the NNGP kernel's matter.
            if (task.Steps[t] == 0) continue;
            for (int i = 0; i < points; i++)
            {
                means.Add(Entry(t, i, i, one => one.Means, i));
                for (int j = i; j < points; j++) covariances.Add(Entry(t, i, j, one => one.Products, i * points + j));
            }
        }

        return new TrainingReport(LimitVerdict.Of(means, _powers, rule), LimitVerdict.Of(covariances, _powers, rule), [.. Trajectories(task, seen.MaxBy(one => one.Width)!)]);

        EntryOverWidths Entry(int t, int i, int j, Func<TrainedOutputs, EntryStatistics> statistics, int column) => new(
            task.Steps[t], i, j,
            [.. seen.Select(one => new ErrorAtWidth(one.Width, statistics(one).Mean(t, column), statistics(one).StandardError(t, column), one.Draws))]);
    }

    private static IEnumerable<TrajectoryPoint> Trajectories(TrainingTask task, TrainedOutputs widest)
    {
        for (int i = 0; i < task.Points.Count; i++)
        {
            for (int t = 0; t < task.Steps.Count; t++)
            {
                double predicted = widest.Mean(t, i);
                double unit = widest.Deviation(i);
                yield return new TrajectoryPoint(
                    task.Steps[t], i, predicted, predicted + unit * widest.Means.Mean(t, i), unit * widest.Means.StandardError(t, i));
            }
        }
    }

    private static void Require(Network network, TrainingTask task)
    {
        if (!CanFollow(network))
        {
            throw new InvalidArgumentException(
                "Cannot verify training", "the network has dropout", "the theory has no masks that change in training", "Leave the dropout out");
        }

        if (task.Train.Count == task.Targets.Count && task.Points.Count > 0 && task.Train.Count > 0) return;
        throw new ShapeMismatchException(
            "Cannot verify training", $"there are {task.Train.Count} training samples, {task.Targets.Count} targets and {task.Points.Count} points",
            "one target a training sample and at least one point are needed", "Pass as many targets as training samples");
    }
}
