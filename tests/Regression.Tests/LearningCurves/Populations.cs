namespace InfiniteNtk.Regression.Tests.LearningCurves;

/// <summary>Small labelled populations with a Gaussian kernel.</summary>
internal static class Populations
{
    /// <summary>Points in two dimensions around <paramref name="classes"/> centres.</summary>
    public static (double[][] Points, int[] Classes) Points(int count, int classes, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % classes)];
        double[][] points = [.. labels.Select(label => new[] { 1.6 * Math.Cos(2 * Math.PI * label / classes) + Normal(), 1.6 * Math.Sin(2 * Math.PI * label / classes) + Normal() })];
        return (points, labels);
    }

    public static KernelMatrix<double> Kernel(double[][] left, double[][] right)
    {
        var kernel = new KernelMatrix<double>(left.Length, right.Length);
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                double square = left[i].Zip(right[j], (a, b) => (a - b) * (a - b)).Sum();
                kernel[i, j] = Math.Exp(-square / 2);
            }
        }

        return kernel;
    }

    public static Targets Classes(int[] labels, int classes) =>
        Targets.FromClasses(labels, [.. Enumerable.Range(0, classes).Select(label => $"class {label}")]);

    public static Targets Numbers(double[][] points) => Targets.FromNumbers([.. points.Select(point => Math.Sin(2 * point[0]) + 0.5 * point[1])]);

    /// <summary>A kernel matrix filled with one number.</summary>
    public static KernelMatrix<double> Constant(int count, double value)
    {
        var kernel = new KernelMatrix<double>(count, count);
        for (int i = 0; i < count; i++) kernel.View.Row(i).Fill(value);
        return kernel;
    }
}
