using static InfiniteNtk.Layers;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

/// <summary>The handwritten digits of samples/digits.npz, (x - mean)/std over all entries, and the NTK of a depth-3 ReLU network on them.</summary>
internal sealed class Digits : IDisposable
{
    public Digits(int count)
    {
        var file = NpzFile.Open(Path.Combine(AppContext.BaseDirectory, "digits.npz"));
        using KernelMatrix<double> pixels = file.Read("x").ToMatrix<double>();
        using KernelMatrix<double> labels = file.Read("y").ToMatrix<double>();
        double mean = Mean(pixels, value => value);
        double deviation = Math.Sqrt(Mean(pixels, value => (value - mean) * (value - mean)));
        var rows = new KernelMatrix<double>(count, pixels.Columns);
        for (int i = 0; i < count; i++)
        {
            pixels.View.Row(i).CopyTo(rows.View.Row(i));
            foreach (ref double value in rows.View.Row(i)) value = (value - mean) / deviation;
        }

        double root2 = Math.Sqrt(2);
        Network network = Flatten >> Dense(weightStd: root2, biasStd: 0.1) >> Relu >> Dense(weightStd: root2, biasStd: 0.1) >> Relu
            >> Dense(weightStd: root2, biasStd: 0.1) >> Relu >> Dense();
        using var samples = new Samples(rows, SampleShape.Features((int)pixels.Columns));
        Kernels = network.Kernels(samples);
        using KernelPair<double> linear = Dense().Kernels(samples, outputs: KernelOutputs.Nngp);
        Linear = linear.Nngp.Copy();
        Targets = Targets.FromClasses([.. Enumerable.Range(0, count).Select(i => (int)labels[i, 0])], [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);
        Ridge = 1e-6 * Enumerable.Range(0, count).Average(i => Kernels.Ntk[i, i]);
    }

    public KernelPair<double> Kernels { get; }

    /// <summary>The pixels' own inner products: of rank 61, far below the number of points.</summary>
    public KernelMatrix<double> Linear { get; }

    public Targets Targets { get; }

    /// <summary>1e-6 of the NTK's mean diagonal.</summary>
    public double Ridge { get; }

    public void Dispose()
    {
        Kernels.Dispose();
        Linear.Dispose();
        Targets.Dispose();
    }

    private static double Mean(KernelMatrix<double> matrix, Func<double, double> of)
    {
        double sum = 0;
        for (nint i = 0; i < matrix.Rows; i++)
        {
            foreach (double value in matrix.View.Row(i)) sum += of(value);
        }

        return sum / (matrix.Rows * matrix.Columns);
    }
}
