using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.LinearAlgebra.Provider;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace InfiniteNtk;

/// <summary>
/// The linear-algebra provider of MathNet.Numerics, which is global in a process: the only place of this project that changes it.
/// </summary>
public static class MathNetProvider
{
    private static readonly Lock _gate = new();
    private static bool _probed;

    /// <summary>
    /// From now on MathNet's dense double-precision products, Cholesky factors and symmetric eigenvectors are computed by
    /// <paramref name="algebra"/>, everything else by MathNet's managed provider. Opt-in: nothing here calls it.
    /// </summary>
    /// <param name="algebra">Who computes; null: <see cref="LinearAlgebraBackends.Default"/>.</param>
    /// <exception cref="InvalidArgumentException">It is the backend mathnet, which would call itself.</exception>
    public static void Use(ILinearAlgebra? algebra = null)
    {
        algebra ??= LinearAlgebraBackends.Default;
        if (algebra is MathNetLinearAlgebra)
        {
            throw new InvalidArgumentException(
                "Cannot accelerate MathNet", $"the backend is {algebra.Name}", "it must not be MathNet itself",
                $"Pass another backend, or unset {LinearAlgebraBackends.Variable}");
        }

        lock (_gate) LinearAlgebraControl.Provider = new AcceleratedProvider(algebra);
    }

    /// <summary>Gives MathNet its managed provider back.</summary>
    public static void Restore()
    {
        lock (_gate) LinearAlgebraControl.UseManaged();
    }

    /// <summary>
    /// Once in a process, and unless the application has already chosen a provider: MathNet's own search for
    /// MathNet.Numerics.Providers.MKL, which finds it where the application references that package.
    /// </summary>
    internal static void Probe()
    {
        lock (_gate)
        {
            if (_probed) return;
            _probed = true;
            if (LinearAlgebraControl.Provider is ManagedLinearAlgebraProvider) _ = LinearAlgebraControl.TryUseNativeMKL();
        }
    }
}
