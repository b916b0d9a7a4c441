namespace InfiniteNtk.Cli.Commands;

/// <summary>What the claimed kernels say about training, for <c>verify --train</c>.</summary>
/// <param name="kernels">Of all points.</param>
/// <param name="samples">All points; the last one is not trained on, unless it is the only one.</param>
internal sealed class TrainedTheory(ClaimedKernels kernels, Samples samples)
{
    private static readonly ValueList<int> _steps = [0, 4, 8, 16];
    private readonly int _trained = Math.Max((int)samples.Count - 1, 1);

    /// <summary>Targets +1 and −1 by turns at the training points; outputs are looked at on all points.</summary>
    public TrainingTask Task()
    {
        var rows = new KernelMatrix<double>(_trained, samples.Shape.Size);
        samples.Rows.View.Slice(0, 0, _trained, samples.Shape.Size).CopyTo(rows.View);
        return new TrainingTask(
            new Samples(rows, samples.Shape), [.. Enumerable.Range(0, _trained).Select(i => i % 2 == 0 ? 1.0 : -1)], samples, _steps);
    }

    /// <summary>The law of gradient descent with rate 1 over four times the mean diagonal of the NTK: no mode is learnt faster than by a quarter a step.</summary>
    public TrainedLaw Of(Network network)
    {
        using KernelPair<double> all = kernels.Of(network, KernelOutputs.Both);
        using KernelMatrix<double> nngp = Part(all.Nngp, _trained), ntk = Part(all.Ntk, _trained), cross = Part(all.Ntk, (int)samples.Count);
        using var targets = KernelMatrix<double>.From(new double[_trained, 1]);
        double trace = Enumerable.Range(0, _trained).Sum(i => ntk[i, i]);
        double rate = trace > 0 ? _trained / (4 * trace) : 1;
        using var ensemble = TrainedEnsemble.AllLayers(nngp, ntk, targets, learningRate: rate, time: TrainingTime.Steps);
        return new TrainedLaw(
            rate, [.. _steps.Select(step => ensemble.Response(step, cross))], [.. Enumerable.Range(0, (int)samples.Count).Select(i => all.Nngp[i, i])]);
    }

    /// <summary>The first rows, and the columns of the training points.</summary>
    private KernelMatrix<double> Part(KernelMatrix<double> matrix, int rows)
    {
        var part = new KernelMatrix<double>(rows, _trained);
        matrix.View.Slice(0, 0, rows, _trained).CopyTo(part.View);
        return part;
    }
}
