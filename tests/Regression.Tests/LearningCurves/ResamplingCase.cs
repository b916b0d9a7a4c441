using InfiniteNtk.Tests.Support;

namespace InfiniteNtk.Regression.Tests.LearningCurves;

/// <summary>One small real kernel matrix of tests/Golden/resampling with its expected point-resolved curve.</summary>
public sealed record ResamplingCase(GoldenCase Golden)
{
    public static IEnumerable<ResamplingCase> All => InfiniteNtk.Tests.Support.Golden.Resampling.Select(golden => new ResamplingCase(golden));

    public int N => (int)Golden.Number("n");

    public double Ridge => Golden.Number("ridge");

    public KernelMatrix<double> Kernel() => KernelMatrix<double>.From(Golden.Matrix("kernel"));

    public Targets Targets() => Values("y");

    public TestSet Test() => new(KernelMatrix<double>.From(Golden.Matrix("testKernel")), Values("yTest"));

    public double Number(string name) => Golden.Number("expect", name);

    public double[] Vector(string name) => Golden.Vector("expect", name);

    public double[] Flat(string name) => [.. Golden.Matrix("expect", name).Cast<double>()];

    public override string ToString() => Golden.Name;

    private Targets Values(string name) => InfiniteNtk.Targets.FromValues(KernelMatrix<double>.From(Golden.Matrix(name)));
}
