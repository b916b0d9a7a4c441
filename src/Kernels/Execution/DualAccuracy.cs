using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>What the activations without closed form did to samples: how accurate they are, and whether their series reached.</summary>
/// <param name="Tail">The largest relative error bound of a sample's pair with itself; that of two samples is the geometric mean of theirs.</param>
/// <param name="Beyond">The largest variance beyond a series, whose pairs are integrated; 0: none.</param>
internal readonly record struct DualAccuracy(double Tail, double Beyond)
{
    /// <summary>The worst of both.</summary>
    public DualAccuracy Or(DualAccuracy other) => new(Math.Max(Tail, other.Tail), Math.Max(Beyond, other.Beyond));

    /// <summary>The worst of a sample of this side paired with one of the other.</summary>
    public double PairedWith(DualAccuracy other) =>
        Math.Max(Math.Sqrt(Tail * other.Tail), Math.Max(Beyond, other.Beyond) > 0 ? QuadratureDual.Accuracy : 0);

    /// <summary>What <see cref="SeriesDual.Coefficients"/> returned at a variance.</summary>
    public static DualAccuracy OfSeries(double tail, double variance) =>
        double.IsPositiveInfinity(tail) ? new(QuadratureDual.Accuracy, variance) : new(tail, 0);
}
