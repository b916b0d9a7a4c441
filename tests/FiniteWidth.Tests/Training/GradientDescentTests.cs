using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Reference;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Training;

public sealed class GradientDescentTests
{
    private static readonly Network _network = NetworkText.Parse("Dense(1.2, 0.2) >> Erf >> Dense(1.3, 0.1) >> Erf >> Dense(1.1, 0.1)");

    /// <summary>Of the network itself, and of it scaled and centred, whose gradient is scaled too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void One_step_is_the_negative_gradient_of_the_loss(double scale)
    {
        (Samples x, KernelMatrix<double> y) = Problem(4);
        IDifferentiableModel<double> model = scale == 1 ? Sample(8, 0) : new ScaledModel<double>(Sample(8, 0), scale);
        double rate = 1e-4 / (scale * scale);
        TrainingRecord<double, IDifferentiableModel<double>> after = GradientDescent.Train<double, IDifferentiableModel<double>>(model, x, y, null, new() { LearningRate = rate, RecordAt = [1] }).End;
        TrainingRecord<double, IDifferentiableModel<double>> before = GradientDescent.Train<double, IDifferentiableModel<double>>(model, x, y, null, new() { RecordAt = [0] }).End;
        InfiniteNtk.ParameterSet<double> step = after.Model.Parameters.Copy();
        step.Add(-1, model.Parameters);
        double expected = -step.Dot(step) / rate;
        Assert.Equal(expected, after.Loss - before.Loss, 1e-3 * Math.Abs(expected));
    }

    [Fact]
    public void A_linearised_network_follows_the_flow_of_its_tangent_kernel()
    {
        const double Rate = 0.02;
        const int Steps = 1000;
        (Samples x, KernelMatrix<double> y) = Problem(4);
        FiniteNetwork<double> network = Sample(8, 0);
        using EmpiricalNtk ntk = EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full);
        using KernelMatrix<double> start = network.Outputs(x);
        TrainingRecord<double, LinearizedNetwork<double>> end = GradientDescent.Train(
            new LinearizedNetwork<double>(network), x, y, null, new() { LearningRate = Rate, RecordAt = [Steps] }).End;
        Matrix<double> theta = Matrix<double>.Build.Dense(8, 8, (i, j) => ntk.Total[i, j]);
        Vector<double> residual = Vector<double>.Build.Dense(8, i => start[i / 2, i % 2] - y[i / 2, i % 2]);
        Matrix<double> oneStep = Matrix<double>.Build.DenseIdentity(8) - Rate / 8 * theta;
        for (int step = 0; step < Steps; step++) residual = oneStep * residual;
        for (int i = 0; i < 8; i++) Assert.Equal(y[i / 2, i % 2] + residual[i], end.TrainOutputs[i / 2, i % 2], 1e-9);
    }

    [Fact]
    public void Momentum_is_the_heavy_ball()
    {
        const double Rate = 0.02;
        (Samples x, KernelMatrix<double> y) = Problem(4);
        FiniteNetwork<double> network = Sample(8, 0);
        using EmpiricalNtk ntk = EmpiricalNtk.Compute(network, x, directions: OutputDirections.Full);
        using KernelMatrix<double> start = network.Outputs(x);
        TrainingRecord<double, LinearizedNetwork<double>> end = GradientDescent.Train(
            new LinearizedNetwork<double>(network), x, y, null, new() { LearningRate = Rate, Momentum = 0.8, RecordAt = [50] }).End;
        Matrix<double> theta = Matrix<double>.Build.Dense(8, 8, (i, j) => ntk.Total[i, j]);
        Vector<double> residual = Vector<double>.Build.Dense(8, i => start[i / 2, i % 2] - y[i / 2, i % 2]);
        Vector<double> velocity = residual * 0;
        for (int step = 0; step < 50; step++)
        {
            velocity = 0.8 * velocity + theta * residual / 8;
            residual -= Rate * velocity;
        }

        for (int i = 0; i < 8; i++) Assert.Equal(y[i / 2, i % 2] + residual[i], end.TrainOutputs[i / 2, i % 2], 1e-10);
    }

    [Fact]
    public void Minibatches_visit_every_sample_once_an_epoch_and_are_reproducible()
    {
        (Samples x, KernelMatrix<double> y) = Problem(6);
        FiniteNetwork<double> network = Sample(8, 0);
        var options = new TrainingOptions { LearningRate = 1e-9, BatchSize = 2, RecordAt = [3], Seed = 5 };
        InfiniteNtk.ParameterSet<double> moved = GradientDescent.Train(network, x, y, null, options).Model.Parameters.Copy();
        moved.Add(-1, network.Parameters);
        InfiniteNtk.ParameterSet<double> full = GradientDescent.Train(network, x, y, null, options with { BatchSize = null, RecordAt = [1] }).End.Model.Parameters.Copy();
        full.Add(-1, network.Parameters);
        Assert.Equal(9 * full.Dot(full), moved.Dot(moved), 1e-5 * moved.Dot(moved));
        full.Scale(3);
        full.Add(-1, moved);
        Assert.True(full.Dot(full) < 1e-9 * moved.Dot(moved));
        TrainingRecord<double, FiniteNetwork<double>> again = GradientDescent.Train(network, x, y, null, options).End;
        TrainingRecord<double, FiniteNetwork<double>> other = GradientDescent.Train(network, x, y, null, options with { Seed = 6, LearningRate = 0.3 }).End;
        TrainingRecord<double, FiniteNetwork<double>> third = GradientDescent.Train(network, x, y, null, options with { LearningRate = 0.3 }).End;
        Assert.Equal(again.TrainOutputs[0, 0], GradientDescent.Train(network, x, y, null, options).End.TrainOutputs[0, 0]);
        Assert.NotEqual(other.TrainOutputs[0, 0], third.TrainOutputs[0, 0]);
    }

    /// <summary>One sample a step: the one whose own gradient the step is.</summary>
    [Fact]
    public void Each_epoch_has_an_order_of_its_own()
    {
        const int Count = 6;
        const double Rate = 1e-7;
        (Samples x, KernelMatrix<double> y) = Problem(Count);
        FiniteNetwork<double> network = Sample(8, 0);
        var options = new TrainingOptions { LearningRate = Rate, RecordAt = [0, 1] };
        InfiniteNtk.ParameterSet<double>[] own = [.. Enumerable.Range(0, Count).Select(i =>
        {
            using Samples one = LayerKinds.Part(x, i, 1);
            using KernelMatrix<double> target = KernelMatrix<double>.From(new[,] { { y[i, 0], y[i, 1] } });
            return Steps(GradientDescent.Train(network, one, target, null, options).Records)[0];
        })];
        ValueList<int> all = [.. Enumerable.Range(0, 2 * Count + 1)];
        int[] seen = [.. Steps(GradientDescent.Train(network, x, y, null, options with { BatchSize = 1, RecordAt = all, Seed = 5 }).Records).Select(step =>
            Enumerable.Range(0, Count).MaxBy(i => step.Dot(own[i]) / Math.Sqrt(own[i].Dot(own[i]))))];
        Assert.Equal(Enumerable.Range(0, Count), seen[..Count].Order());
        Assert.Equal(Enumerable.Range(0, Count), seen[Count..].Order());
        Assert.NotEqual(seen[..Count], seen[Count..]);

        static InfiniteNtk.ParameterSet<double>[] Steps(IReadOnlyList<TrainingRecord<double, FiniteNetwork<double>>> records) => [.. records.Zip(records.Skip(1), (before, after) =>
        {
            InfiniteNtk.ParameterSet<double> step = after.Model.Parameters.Copy();
            step.Add(-1, before.Model.Parameters);
            return step;
        })];
    }

    [Fact]
    public void Trained_ensembles_follow_the_predicted_mean_and_variance()
    {
        const int Draws = 150;
        int[] steps = [0, 20, 150];
        (Samples x, KernelMatrix<double> y) = Problem(4);
        using Samples test = LayerKinds.Inputs("dense", 2, 77);
        var executor = new ReferenceExecutor();
        var program = _network.Program(x.Shape);
        using KernelPair<double> trainTrain = executor.Run<double>(new KernelRequest(program, x));
        using KernelPair<double> testTrain = executor.Run<double>(new KernelRequest(program, test, x));
        using KernelPair<double> testTest = executor.Run<double>(new KernelRequest(program, test));
        using TrainedEnsemble theory = TrainedEnsemble.AllLayers(trainTrain.Nngp, trainTrain.Ntk, y, learningRate: 0.1);
        double[][] outputs = [.. Enumerable.Range(0, Draws).AsParallel().AsOrdered().Select(draw => GradientDescent.Train(
            Sample(64, (uint)draw), x, y, test, new() { LearningRate = 0.1, RecordAt = steps.ToValueList() })
            .Records.SelectMany(record => Enumerable.Range(0, 4).Select(k => record.TestOutputs![k / 2, k % 2])).ToArray())];
        for (int t = 0; t < steps.Length; t++)
        {
            using Posterior law = theory.Predict(steps[t], testTrain.Nngp, testTrain.Ntk, testTest.Nngp);
            for (int k = 0; k < 4; k++)
            {
                double[] seen = [.. outputs.Select(one => one[4 * t + k])];
                double variance = law.Covariance[k / 2, k / 2];
                double mean = seen.Average();
                Assert.Equal(law.Mean[k / 2, k % 2], mean, 4 * Math.Sqrt(variance / Draws) + 0.02);
                Assert.Equal(1, seen.Sum(f => (f - mean) * (f - mean)) / (Draws - 1) / variance, 4 * Math.Sqrt(2.0 / Draws) + 0.05);
            }
        }
    }

    /// <summary>What is recorded at a step is not moved by the steps that follow.</summary>
    [Fact]
    public void A_record_keeps_the_parameters_of_its_step()
    {
        (Samples x, KernelMatrix<double> y) = Problem(4);
        FiniteNetwork<double> network = Sample(8, 0);
        ValueList<TrainingRecord<double, FiniteNetwork<double>>> records = GradientDescent.Train(network, x, y, null, new() { LearningRate = 0.1, RecordAt = [0, 1, 7] }).Records;
        Assert.Equal(network.Parameters.ToArray(), records[0].Model.Parameters.ToArray());
        foreach (TrainingRecord<double, FiniteNetwork<double>> record in records)
        {
            using KernelMatrix<double> outputs = record.Model.Outputs(x);
            for (int i = 0; i < 8; i++) Assert.Equal(outputs[i / 2, i % 2], record.TrainOutputs[i / 2, i % 2]);
        }

        Assert.NotEqual(records[0].TrainOutputs[0, 0], records[1].TrainOutputs[0, 0]);
    }

    /// <summary>Two layers without biases are homogeneous of degree 2: all weights times c multiply the tangent kernel by c².</summary>
    [Fact]
    public void Drift_is_the_relative_change_of_the_tangent_kernel()
    {
        var network = FiniteNetwork.Sample(
            NetworkText.Parse("Dense(1.2) >> Relu >> Dense(0.9)"), SampleShape.Features(4), new Widths(16, 2), 8, new() { Threads = 1 });
        InfiniteNtk.ParameterSet<double> scaled = network.Parameters.Copy();
        scaled.Scale(1.1);
        using Samples x = LayerKinds.Inputs("dense", 3, 1);
        Assert.Equal(1.21 - 1, NtkDrift.Between(network, network.With(scaled), x), 1e-12);
        Assert.Equal(0, NtkDrift.Between(network, network, x));
    }

    [Fact]
    public void Larger_scales_train_more_lazily_and_wider_networks_drift_less()
    {
        (Samples x, KernelMatrix<double> y) = Problem(4);
        double rich = Drift(64, 1);
        Assert.True(Drift(64, 10) < 0.2 * rich);
        Assert.True(Drift(512, 1) < 0.55 * rich);

        double Drift(int width, double scale)
        {
            FiniteNetwork<double> network = Sample(width, 0);
            ScaledModel<double> end = GradientDescent.Train(
                new ScaledModel<double>(network, scale), x, y, null, new() { LearningRate = 0.2 / (scale * scale), RecordAt = [100] }).Model;
            return NtkDrift.Between(network, network.With(end.Parameters), x);
        }
    }

    /// <summary>What was before is kept, and neither the end nor a model is taken from it.</summary>
    [Fact]
    public void A_training_that_diverges_keeps_the_records_before_and_has_no_end()
    {
        (Samples x, KernelMatrix<double> y) = Problem(4);
        var start = new LinearizedNetwork<double>(Sample(8, 0));
        var options = new TrainingOptions { LearningRate = 1000, RecordAt = [0, 1, 3, 500, 600] };
        TrainingRun<double, LinearizedNetwork<double>> run = GradientDescent.Train(start, x, y, null, options);
        Assert.Equal([0, 1, 3], run.Records.Select(record => record.Step));
        Assert.InRange(run.DivergedAt!.Value, 4, 500);
        Assert.All(run.Records, record => Assert.True(double.IsFinite(record.Loss)));
        Assert.Equal(run.Records[2].Loss, GradientDescent.Train(start, x, y, null, options with { RecordAt = [3] }).End.Loss);
        Assert.Contains("Records", Assert.Throws<NumericalFailureException>(() => run.End).Message, StringComparison.Ordinal);
        Assert.Throws<NumericalFailureException>(() => run.Model);
        Assert.StartsWith($"diverged after {run.DivergedAt} steps; before that 3 steps: loss ", run.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Training_tells_its_steps_and_stops_when_told()
    {
        (Samples x, KernelMatrix<double> y) = Problem(4);
        FiniteNetwork<double> network = Sample(8, 0);
        var seen = new Reports();
        var options = new TrainingOptions { LearningRate = 0.1, RecordAt = [0, 7], Progress = seen };
        TrainingRun<double, FiniteNetwork<double>> run = GradientDescent.Train(network, x, y, null, options);
        Assert.Equal((0, 7), ((int)seen.All[0].Done, (int)seen.All[^1].Done));
        Assert.All(seen.All, step => Assert.Equal(7, step.Total));
        Assert.StartsWith("7 steps: loss ", run.ToString(), StringComparison.Ordinal);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => GradientDescent.Train(network, x, y, null, options with { Cancellation = stopped.Token }));
    }

    [Fact]
    public void Bad_requests_are_refused()
    {
        (Samples x, KernelMatrix<double> y) = Problem(4);
        FiniteNetwork<double> network = Sample(8, 0);
        foreach (TrainingOptions options in new TrainingOptions[]
        {
            new() { LearningRate = 0 }, new() { LearningRate = double.NaN }, new() { Momentum = 1 }, new() { BatchSize = 5 }, new() { BatchSize = 0 },
            new() { RecordAt = [] }, new() { RecordAt = [3, 3] }, new() { RecordAt = [-1, 3] },
        })
        {
            Assert.Throws<InvalidArgumentException>(() => GradientDescent.Train(network, x, y, null, options));
        }

        using var wrong = new KernelMatrix<double>(4, 3);
        Assert.Contains("4 × 3", Assert.Throws<ShapeMismatchException>(() => GradientDescent.Train(network, x, wrong)).Message);
        Assert.Contains("learning rate", Assert.Throws<NumericalFailureException>(
            () => GradientDescent.Train(new LinearizedNetwork<double>(network), x, y, null, new() { LearningRate = 1000, RecordAt = [500] }).Model).Message);
        Assert.Throws<InvalidArgumentException>(() => new ScaledModel<double>(network, 0));
    }

    private static FiniteNetwork<double> Sample(int width, uint draw) =>
        FiniteNetwork.Sample(_network, SampleShape.Features(4), new Widths(width, 2), 8, new() { Draw = draw, Threads = 1 });

    private static (Samples X, KernelMatrix<double> Y) Problem(int count)
    {
        var y = new KernelMatrix<double>(count, 2);
        for (int i = 0; i < count; i++) (y[i, 0], y[i, 1]) = (Math.Sin(i + 1), Math.Cos(2 * i));
        return (LayerKinds.Inputs("dense", count, 1), y);
    }
}
