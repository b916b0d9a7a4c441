using System.Diagnostics;
using System.Numerics;
using InfiniteNtk.FiniteWidth.Randomness;

namespace InfiniteNtk;

/// <summary>Gradient descent on the squared loss L = ½ mean over samples and outputs of (f − y)².</summary>
public static class GradientDescent
{
    /// <summary>Trains a network and records its outputs on the way.</summary>
    /// <param name="model">Where to start; unchanged by training.</param>
    /// <param name="train">Training samples.</param>
    /// <param name="targets">y, samples × outputs.</param>
    /// <param name="test">Other samples to record; may be null.</param>
    /// <param name="options">Rate, momentum, batches, when to record.</param>
    /// <returns>One record per entry of <see cref="TrainingOptions.RecordAt"/>; where training diverged, those before.</returns>
    /// <exception cref="InvalidArgumentException">An option is out of range.</exception>
    /// <exception cref="ShapeMismatchException">Targets and outputs differ in size.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRun<T, FiniteNetwork<T>> Train<T>(
        FiniteNetwork<T> model, Samples train, KernelMatrix<double> targets, Samples? test = null, TrainingOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Train<T, FiniteNetwork<T>>(model, train, targets, test, options);

    /// <summary>Trains a linearised network.</summary>
    /// <inheritdoc cref="Train{T}(FiniteNetwork{T}, Samples, KernelMatrix{double}, Samples?, TrainingOptions?)"/>
    public static TrainingRun<T, LinearizedNetwork<T>> Train<T>(
        LinearizedNetwork<T> model, Samples train, KernelMatrix<double> targets, Samples? test = null, TrainingOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Train<T, LinearizedNetwork<T>>(model, train, targets, test, options);

    /// <summary>Trains a scaled model.</summary>
    /// <inheritdoc cref="Train{T}(FiniteNetwork{T}, Samples, KernelMatrix{double}, Samples?, TrainingOptions?)"/>
    public static TrainingRun<T, ScaledModel<T>> Train<T>(
        ScaledModel<T> model, Samples train, KernelMatrix<double> targets, Samples? test = null, TrainingOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Train<T, ScaledModel<T>>(model, train, targets, test, options);

    /// <summary>Trains a model of any kind.</summary>
    /// <typeparam name="T">The numbers of its parameters.</typeparam>
    /// <typeparam name="TModel">Its type, of which <see cref="IDifferentiableModel{T}.At"/> makes others.</typeparam>
    /// <inheritdoc cref="Train{T}(FiniteNetwork{T}, Samples, KernelMatrix{double}, Samples?, TrainingOptions?)"/>
    public static TrainingRun<T, TModel> Train<T, TModel>(
        TModel model, Samples train, KernelMatrix<double> targets, Samples? test = null, TrainingOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TModel : IDifferentiableModel<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(targets);
        options ??= new TrainingOptions();
        Require(options, train.Count);
        ParameterSet<T> parameters = model.Parameters.Copy();
        ParameterSet<T> velocity = parameters.Zeros();
        IDifferentiableModel<T> now = model.At(parameters);
        var records = new List<TrainingRecord<T, TModel>>();
        using var batches = new Batches(train, targets, options);
        var progress = new StepProgress(options);
        for (int step = 0; ; step++)
        {
            progress.At(step);
            if (options.RecordAt.Contains(step))
            {
                TrainingRecord<T, TModel> record = Record<T, TModel>(step, (TModel)model.At(parameters.Copy()), train, targets, test);
                if (!double.IsFinite(record.Loss))
                {
                    record.TrainOutputs.Dispose();
                    record.TestOutputs?.Dispose();
                    return new TrainingRun<T, TModel>([.. records], step);
                }

                records.Add(record);
            }

            if (step == options.RecordAt[^1]) return new TrainingRun<T, TModel>([.. records], null);
            options.Cancellation.ThrowIfCancellationRequested();
            (Samples x, KernelMatrix<double> y) = batches.At(step);
            using KernelMatrix<double> slope = LossGradient(now.Outputs(x), y);
            if (!IsFinite(slope)) return new TrainingRun<T, TModel>([.. records], step);
            velocity.Scale(options.Momentum);
            velocity.Add(1, now.Gradient(x, slope));
            parameters.Add(-options.LearningRate, velocity);
        }
    }

    private static TrainingRecord<T, TModel> Record<T, TModel>(int step, TModel model, Samples train, KernelMatrix<double> targets, Samples? test)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TModel : IDifferentiableModel<T>
    {
        KernelMatrix<double> outputs = model.Outputs(train);
        RequireTargets(outputs, targets);
        double sum = 0;
        for (nint i = 0; i < outputs.Rows; i++)
        {
            for (nint o = 0; o < outputs.Columns; o++) sum += Math.Pow(outputs[i, o] - targets[i, o], 2);
        }

        return new TrainingRecord<T, TModel>(step, sum / (2.0 * outputs.Rows * outputs.Columns), outputs, test is null ? null : model.Outputs(test), model);
    }

    /// <summary>∂L/∂f = (f − y)/N, written over f.</summary>
    private static KernelMatrix<double> LossGradient(KernelMatrix<double> outputs, KernelMatrix<double> targets)
    {
        RequireTargets(outputs, targets);
        double entries = (double)outputs.Rows * outputs.Columns;
        for (nint i = 0; i < outputs.Rows; i++)
        {
            for (nint o = 0; o < outputs.Columns; o++) outputs[i, o] = (outputs[i, o] - targets[i, o]) / entries;
        }

        return outputs;
    }

    private static bool IsFinite(KernelMatrix<double> matrix)
    {
        for (nint i = 0; i < matrix.Rows; i++)
        {
            foreach (double value in matrix.View.Row(i))
            {
                if (!double.IsFinite(value)) return false;
            }
        }

        return true;
    }

    private static void RequireTargets(KernelMatrix<double> outputs, KernelMatrix<double> targets)
    {
        if (outputs.Rows == targets.Rows && outputs.Columns == targets.Columns) return;
        throw new ShapeMismatchException(
            "Cannot train this model", $"the targets are {targets.Rows} × {targets.Columns}", $"the outputs are {outputs.Rows} × {outputs.Columns}",
            "Pass one row of targets a sample and one column an output");
    }

    private static void Require(TrainingOptions options, nint samples)
    {
        bool ascending = options.RecordAt.Count > 0 && options.RecordAt[0] >= 0
            && options.RecordAt.Zip(options.RecordAt.Skip(1)).All(pair => pair.First < pair.Second);
        string? problem =
            samples == 0 ? "there are no training samples"
            : !double.IsFinite(options.LearningRate) || options.LearningRate <= 0 ? $"the learning rate is {options.LearningRate}"
            : !(options.Momentum >= 0 && options.Momentum < 1) ? $"the momentum is {options.Momentum}"
            : options.BatchSize is < 1 || options.BatchSize > samples ? $"the batch size is {options.BatchSize} of {samples} samples"
            : !ascending ? $"the steps to record are {options.RecordAt}"
            : null;
        if (problem is null) return;
        throw new InvalidArgumentException(
            "Cannot train this model", problem,
            "samples, a positive rate, a momentum in [0, 1), batches of 1 to all samples and ascending steps from 0 on are needed",
            "Change that option");
    }

    /// <summary>Reports steps at the start, at the end and about ten times a second between.</summary>
    private sealed class StepProgress(TrainingOptions options)
    {
        private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _reported = TimeSpan.MinValue;

        public void At(int step)
        {
            if (options.Progress is null) return;
            int steps = options.RecordAt[^1];
            TimeSpan now = _clock.Elapsed;
            if (step > 0 && step < steps && now - _reported < _interval) return;
            _reported = now;
            options.Progress.Report(new KernelProgress(step, steps, now));
        }
    }

    /// <summary>The samples of each step: all, or the next ones of a random order that each epoch draws anew.</summary>
    private sealed class Batches(Samples train, KernelMatrix<double> targets, TrainingOptions options) : IDisposable
    {
        private readonly int _size = options.BatchSize ?? (int)train.Count;
        private Samples? _samples;
        private KernelMatrix<double>? _targets;

        public (Samples Samples, KernelMatrix<double> Targets) At(int step)
        {
            if (options.BatchSize is null) return (train, targets);
            int perEpoch = (int)train.Count / _size;
            int[] order = Order((uint)(step / perEpoch));
            Dispose();
            int[] rows = order[(step % perEpoch * _size)..((step % perEpoch + 1) * _size)];
            _samples = new Samples(Pick(train.Rows, rows), train.Shape);
            _targets = Pick(targets, rows);
            return (_samples, _targets);
        }

        public void Dispose()
        {
            _samples?.Dispose();
            _targets?.Dispose();
        }

        private int[] Order(uint epoch)
        {
            var keys = new double[(int)train.Count];
            new RandomStream(options.Seed, epoch, "minibatches").Uniform(0, keys);
            int[] order = [.. Enumerable.Range(0, keys.Length)];
            Array.Sort(keys, order);
            return order;
        }

        private static KernelMatrix<double> Pick(KernelMatrix<double> source, int[] rows)
        {
            var picked = new KernelMatrix<double>(rows.Length, source.Columns);
            for (int i = 0; i < rows.Length; i++) source.View.Row(rows[i]).CopyTo(picked.View.Row(i));
            return picked;
        }
    }
}
