using InfiniteNtk.Compositional.Text;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Verification;

public sealed class TrainingVerificationTests
{
    private static readonly Network _network = NetworkText.Parse("Dense(1, 0.3) >> Erf >> Dense(1.1)");
    private static readonly VerificationOptions _options = new() { Widths = [16, 32, 64, 128], Draws = 150, Seed = 3 };

    [Fact]
    public void Trained_networks_confirm_the_predicted_outputs_and_their_covariance()
    {
        using Samples x = VerifiedKinds.Inputs("");
        TrainingTask task = Task(x);
        TrainingReport report = TrainingVerification.Run(_network, task, network => Theory(network, task), _options);
        // Three points and six pairs of them at steps 2 and 8: nothing has been learnt at step 0.
        Assert.Equal((2 * 3, 2 * 6), (report.Mean.Entries, report.Covariance.Entries));
        Assert.Equal([0.5, 1], report.Mean.Powers);
        Assert.Equal([0.5, 1], report.Covariance.Powers);
        Assert.NotEqual(Verdict.Refuted, report.Mean.Verdict);
        Assert.NotEqual(Verdict.Refuted, report.Covariance.Verdict);
        Assert.Equal(-0.5, report.Mean.SingleDrawSlope, 0.1);
        Assert.Equal(-0.5, report.Covariance.SingleDrawSlope, 0.1);
        Assert.True(report.Mean.LargestStandardError < 0.06);
        TrajectoryPoint last = report.Trajectories.Single(point => point.Step == 8 && point.Point == 0);
        Assert.Equal(last.Predicted, last.Seen, 0.05);
        Assert.True(last.Predicted > 0.2);
    }

    /// <summary>Widths far apart tell 1/√w from 1/w: a hundred networks of each know the limit to half a per cent, where neighbouring widths need thousands.</summary>
    [Fact]
    public void Networks_of_width_4096_follow_the_predicted_trajectory()
    {
        using Samples x = VerifiedKinds.Inputs("");
        TrainingTask task = Task(x);
        TrainingReport report = TrainingVerification.Run(
            _network, task, network => Theory(network, task), _options with { Widths = [64, 256, 1024, 4096], Draws = 100 });
        foreach (LimitVerdict verdict in new[] { report.Mean, report.Covariance })
        {
            Assert.True(verdict.Verdict == Verdict.Consistent, verdict.ToString());
            Assert.True(verdict.LargestStandardError < 0.006, verdict.ToString());
        }

        Assert.Equal(-0.5, report.Mean.SingleDrawSlope, 0.1);
        // A single trained network of that width is within 2 % of its own prediction.
        Assert.True(report.Mean.SingleDrawErrors[^1] < 0.02);
        Assert.All(report.Trajectories, point => Assert.Equal(point.Predicted, point.Seen, 5 * point.StandardError + 0.001));
    }

    [Fact]
    public void And_refute_those_of_a_tangent_kernel_without_the_term_of_the_first_layer()
    {
        using Samples x = VerifiedKinds.Inputs("");
        TrainingTask task = Task(x);
        Network readout = NetworkText.Parse("Dense(1, 0.3) >> Erf >> Dense(1.1)");
        TrainingReport report = TrainingVerification.Run(_network, task, _ => Theory(readout, task, onlyReadout: true), _options);
        Assert.Equal(Verdict.Refuted, report.Mean.Verdict);
        Assert.Equal(Verdict.Refuted, report.Covariance.Verdict);
    }

    [Fact]
    public void Neither_threads_nor_another_look_change_a_bit()
    {
        using Samples x = VerifiedKinds.Inputs("");
        TrainingTask task = Task(x);
        VerificationOptions few = _options with { Widths = [4, 5, 6, 7], Draws = 37 };
        LimitVerdict once = TrainingVerification.Run(_network, task, network => Theory(network, task), few with { Threads = 1 }).Mean;
        LimitVerdict twice = TrainingVerification.Run(_network, task, network => Theory(network, task), few with { Threads = 2, Draws = 5, MostDraws = 37 }).Mean;
        Assert.Equal(once, twice with { Rule = once.Rule });
    }

    [Fact]
    public void Networks_train_in_the_precision_that_was_asked_for()
    {
        using Samples x = VerifiedKinds.Inputs("");
        TrainingTask task = Task(x);
        VerificationOptions few = _options with { Widths = [4, 5, 6, 7], Draws = 5 };
        LimitVerdict exact = TrainingVerification.Run(_network, task, network => Theory(network, task), few).Mean;
        LimitVerdict single = TrainingVerification.Run(_network, task, network => Theory(network, task), few with { NumberType = NumberType.Float32 }).Mean;
        Assert.NotEqual(exact.Intercept, single.Intercept);
        Assert.Equal(exact.Intercept, single.Intercept, 1e-3);
        Assert.Equal(exact.Worst.Points[0].Error, single.Worst.Points[0].Error, 1e-5);
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused()
    {
        using Samples x = VerifiedKinds.Inputs("");
        TrainingTask task = Task(x) with { Targets = [1.0] };
        Assert.Contains("1 targets", Assert.Throws<ShapeMismatchException>(
            () => TrainingVerification.Run(_network, task, network => Theory(network, task), _options)).Message, StringComparison.Ordinal);
    }

    /// <summary>Two of three points are trained on.</summary>
    private static TrainingTask Task(Samples x)
    {
        var rows = new KernelMatrix<double>(2, x.Shape.Size);
        x.Rows.View.Slice(0, 0, 2, x.Shape.Size).CopyTo(rows.View);
        return new TrainingTask(new Samples(rows, x.Shape), [1, -1], x, [0, 2, 8]);
    }

    private static TrainedLaw Theory(Network network, TrainingTask task, bool onlyReadout = false)
    {
        const double rate = 0.3;
        using KernelPair<double> train = network.Kernels(task.Train), cross = network.Kernels(task.Points, task.Train), all = network.Kernels(task.Points);
        using KernelMatrix<double> targets = KernelMatrix<double>.From(new double[2, 1]);
        KernelMatrix<double> dynamics = onlyReadout ? train.Nngp : train.Ntk, across = onlyReadout ? cross.Nngp : cross.Ntk;

        // A matrix of unknown kind goes where the wrong kernel would be refused.
        using KernelMatrix<double> unnamed = KernelMatrix<double>.From(dynamics.ToArray()), unnamedAcross = KernelMatrix<double>.From(across.ToArray());
        using var ensemble = TrainedEnsemble.AllLayers(train.Nngp, unnamed, targets, learningRate: rate, time: TrainingTime.Steps);
        return new TrainedLaw(rate, [.. task.Steps.Select(step => ensemble.Response(step, unnamedAcross))], [all.Nngp[0, 0], all.Nngp[1, 1], all.Nngp[2, 2]]);
    }
}
