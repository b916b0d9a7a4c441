using System.Numerics;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Products;

/// <summary>The block shape for this processor, chosen once.</summary>
internal static class MicroKernels
{
    private static readonly IMicroKernel<double> _double =
        VectorWidth.Is512 ? new EightByThree<Double512Lane, double>() : new FourByThree<Double256Lane, double>();

    private static readonly IMicroKernel<float> _single =
        VectorWidth.Is512 ? new EightByThree<Single512Lane, float>() : new FourByThree<Single256Lane, float>();

    /// <summary>The one for <typeparamref name="T"/>.</summary>
    public static IMicroKernel<T> For<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double) ? (IMicroKernel<T>)_double : (IMicroKernel<T>)_single;
}
