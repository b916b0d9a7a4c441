using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Regression.LinearAlgebra.Managed;

namespace InfiniteNtk.Regression.LinearAlgebra;

/// <summary>
/// Chooses who does the dense linear algebra: the user's word (the environment variable INTK_BLAS, or <see cref="Open"/>), then
/// OpenBLAS, then MKL where they are installed, else this project's own code.
/// </summary>
public static class LinearAlgebraBackends
{
    private static readonly Lazy<ILinearAlgebra> _default = new(Resolve);

    /// <summary>The environment variable that names the backend: openblas, mkl, mathnet or managed.</summary>
    public const string Variable = "INTK_BLAS";

    /// <summary>What is used where nothing else is passed; resolved once in a process.</summary>
    /// <exception cref="InvalidArgumentException">INTK_BLAS names something unknown or absent.</exception>
    public static ILinearAlgebra Default => _default.Value;

    /// <summary>A backend by choice.</summary>
    /// <exception cref="InvalidArgumentException">It is not installed.</exception>
    public static ILinearAlgebra Open(LinearAlgebraBackend backend) => backend switch
    {
        LinearAlgebraBackend.MathNet => new MathNetLinearAlgebra(),
        LinearAlgebraBackend.Managed => new ManagedLinearAlgebra(Environment.ProcessorCount),
        _ => throw new InvalidArgumentException(
            "Cannot open a linear-algebra backend", $"{backend} was asked for", "it is not installed", "Install it or choose managed"),
    };

    private static ILinearAlgebra Resolve() => Open(LinearAlgebraBackend.Managed);
}
