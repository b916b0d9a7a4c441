using System.Numerics;
using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>The trained networks of one width.</summary>
internal sealed class TrainedOutputs(Network network, TrainingTask task, TrainedLaw law, VerificationOptions options, int width)
{
    /// <summary>Networks trained before their results are added.</summary>
    private const int Round = 16;

    private readonly KernelMatrix<double> _targets = Repeated(task.Targets, options.NtkOutputs);
    private readonly int _points = (int)task.Points.Count;

    public int Width => width;

    public TrainedLaw Law => law;

    public int Draws => Means.Draws;

    /// <summary>Of f − p over √K(x, x): steps × points.</summary>
    public EntryStatistics Means { get; } = new(task.Steps.Count, (int)task.Points.Count);

    /// <summary>Of (f − m)(f − m)ᵀ − (p − m)(p − m)ᵀ over √(K K′): steps × pairs.</summary>
    public EntryStatistics Products { get; } = new(task.Steps.Count, (int)(task.Points.Count * task.Points.Count));

    /// <summary>m = A·y at a step and point.</summary>
    public double Mean(int step, int point)
    {
        double sum = 0;
        for (int k = 0; k < task.Targets.Count; k++) sum += law.Responses[step][point, k] * task.Targets[k];
        return sum;
    }

    /// <summary>√K(x, x); 1 where a point has no variance.</summary>
    public double Deviation(int point) => law.Variances[point] > 0 ? Math.Sqrt(law.Variances[point]) : 1;

    /// <summary>Trains until there are so many networks; added in order, so that no bit depends on the threads.</summary>
    public void Continue(int draws)
    {
        int from = Draws;
        while (Draws < draws)
        {
            options.Progress?.Report(new SamplingStep(width, from, draws, Draws));
            int first = Draws;
            var round = new (KernelMatrix<double> Means, KernelMatrix<double> Products)[Math.Min(Round, draws - first)];
            ParallelSection.For(
                round.Length, options.Threads ?? Environment.ProcessorCount,
                i => round[i] = options.NumberType == NumberType.Float32 ? Take<float>((uint)(first + i)) : Take<double>((uint)(first + i)),
                options.Cancellation);
            foreach ((KernelMatrix<double> means, KernelMatrix<double> products) in round)
            {
                using (means) Means.Add(means);
                using (products) Products.Add(products);
            }
        }
    }

    private (KernelMatrix<double> Means, KernelMatrix<double> Products) Take<T>(uint draw) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FiniteNetwork<T> start = FiniteNetwork.Sample<T>(network, task.Points.Shape, options.Seed, new() { Draw = draw, Threads = 1, Weights = options.Weights, Cancellation = options.Cancellation });
        int outputs = options.NtkOutputs;
        using KernelMatrix<double> startTrain = start.Outputs(task.Train);
        using KernelMatrix<double> startPoints = start.Outputs(task.Points);
        ValueList<TrainingRecord<T, FiniteNetwork<T>>> records = GradientDescent.Train(start, task.Train, _targets, task.Points, new()
        {
            LearningRate = law.LearningRate * outputs,
            RecordAt = task.Steps,
            Cancellation = options.Cancellation,
        }).Whole();
        var means = new double[task.Steps.Count, _points];
        var products = new double[task.Steps.Count, _points * _points];
        for (int t = 0; t < task.Steps.Count; t++)
        {
            for (int o = 0; o < outputs; o++) AddOutput(means, products, t, o, records[t].TestOutputs!, startPoints, startTrain);
        }

        foreach (TrainingRecord<T, FiniteNetwork<T>> record in records)
        {
            record.TrainOutputs.Dispose();
            record.TestOutputs!.Dispose();
        }

        return (KernelMatrix<double>.From(means), KernelMatrix<double>.From(products));
    }

    private void AddOutput(
        double[,] means, double[,] products, int t, int o, KernelMatrix<double> trained, KernelMatrix<double> startPoints,
        KernelMatrix<double> startTrain)
    {
        var f = new double[_points];
        var p = new double[_points];
        double share = 1.0 / options.NtkOutputs;
        for (int i = 0; i < _points; i++)
        {
            double response = 0;
            for (int k = 0; k < task.Targets.Count; k++) response += law.Responses[t][i, k] * (task.Targets[k] - startTrain[k, o]);
            double mean = Mean(t, i);
            f[i] = (trained[i, o] - mean) / Deviation(i);
            p[i] = (startPoints[i, o] + response - mean) / Deviation(i);
            means[t, i] += share * (f[i] - p[i]);
        }

        for (int i = 0; i < _points; i++)
        {
            for (int j = 0; j < _points; j++) products[t, i * _points + j] += share * (f[i] * f[j] - p[i] * p[j]);
        }
    }

    private static KernelMatrix<double> Repeated(ValueList<double> targets, int outputs)
    {
        var repeated = new KernelMatrix<double>(targets.Count, outputs);
        for (int i = 0; i < targets.Count; i++) repeated.View.Row(i).Fill(targets[i]);
        return repeated;
    }
}
