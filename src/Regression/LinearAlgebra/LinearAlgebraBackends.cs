using InfiniteNtk.Regression.LinearAlgebra;
using InfiniteNtk.Regression.LinearAlgebra.Managed;
using InfiniteNtk.Regression.LinearAlgebra.Native;

namespace InfiniteNtk;

/// <summary>
/// Chooses who does the dense linear algebra: the user's word (the environment variable INTK_BLAS, or <see cref="Open"/>), then
/// OpenBLAS, then MKL where they are installed, else this project's own code.
/// </summary>
public static class LinearAlgebraBackends
{
    /// <summary>The environment variable that names the backend: openblas, mkl, mathnet or managed.</summary>
    public const string Variable = "INTK_BLAS";

    private static readonly Lazy<ILinearAlgebra> _default = new(() => Choose(Environment.GetEnvironmentVariable(Variable)));

    /// <summary>What is used where nothing else is passed; resolved once in a process.</summary>
    /// <exception cref="InvalidArgumentException">INTK_BLAS names something unknown or absent.</exception>
    public static ILinearAlgebra Default => _default.Value;

    /// <summary>All backends with what they are here, or why they are absent; loads the native libraries.</summary>
    public static ValueList<BackendStatus> All => Enum.GetValues<LinearAlgebraBackend>().Select(StatusOf).ToValueList();

    /// <summary>A backend by choice.</summary>
    /// <exception cref="InvalidArgumentException">It is not installed; the message says what was looked for.</exception>
    public static ILinearAlgebra Open(LinearAlgebraBackend backend)
    {
        (ILinearAlgebra? algebra, string? reason) = Find(backend);
        return algebra ?? throw new InvalidArgumentException(
            $"Cannot use the linear algebra '{NameOf(backend)}'", reason!, "a backend that is chosen by name must be there",
            $"Choose another one, or none: unset {Variable} to take what is installed");
    }

    /// <summary>
    /// <see cref="Default"/> on at most that many threads. A native library's number of threads belongs to the process: it is set for
    /// everybody who uses the library. Only the managed backend gives the same bits on any number.
    /// </summary>
    /// <exception cref="InvalidArgumentException"><paramref name="threads"/> is below 1, or INTK_BLAS names something unknown or absent.</exception>
    public static ILinearAlgebra OnThreads(int threads) => OnThreads(Default, threads);

    internal static ILinearAlgebra OnThreads(ILinearAlgebra algebra, int threads)
    {
        if (threads < 1)
        {
            throw new InvalidArgumentException("Cannot limit the linear algebra", $"{threads} threads were asked for", "it needs one at least", "Ask for 1 or more");
        }

        return algebra switch
        {
            NativeLinearAlgebra native => native.OnThreads(threads),
            MathNetLinearAlgebra => MathNetLinearAlgebra.Probed(threads),
            _ => new ManagedLinearAlgebra(threads),
        };
    }

    /// <summary>What a backend is here, or why it is absent.</summary>
    public static BackendStatus StatusOf(LinearAlgebraBackend backend)
    {
        (ILinearAlgebra? algebra, string? reason) = Find(backend);
        return new BackendStatus(backend, algebra is not null, algebra?.Name ?? reason!);
    }

    /// <summary>The choice that a text makes; null or empty: the first that is installed.</summary>
    internal static ILinearAlgebra Choose(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return NativeBlas.OpenBlas.Algebra ?? NativeBlas.Mkl.Algebra ?? Open(LinearAlgebraBackend.Managed);
        }

        foreach (LinearAlgebraBackend backend in Enum.GetValues<LinearAlgebraBackend>())
        {
            if (string.Equals(text.Trim(), NameOf(backend), StringComparison.OrdinalIgnoreCase)) return Open(backend);
        }

        string names = string.Join(", ", Enum.GetValues<LinearAlgebraBackend>().Select(NameOf));
        throw new InvalidArgumentException(
            "Cannot choose the linear algebra", $"{Variable} is '{text}'", $"it must be one of {names}", $"Set {Variable} to one of them or unset it");
    }

    private static (ILinearAlgebra? Algebra, string? Reason) Find(LinearAlgebraBackend backend) => backend switch
    {
        LinearAlgebraBackend.OpenBlas => NativeBlas.OpenBlas,
        LinearAlgebraBackend.Mkl => NativeBlas.Mkl,
        LinearAlgebraBackend.MathNet => (MathNetLinearAlgebra.Probed(Environment.ProcessorCount), null),
        LinearAlgebraBackend.Managed => (new ManagedLinearAlgebra(Environment.ProcessorCount), null),
        _ => throw new ArgumentOutOfRangeException(nameof(backend)),
    };

    private static string NameOf(LinearAlgebraBackend backend) => backend switch
    {
        LinearAlgebraBackend.OpenBlas => "openblas",
        LinearAlgebraBackend.Mkl => "mkl",
        LinearAlgebraBackend.MathNet => "mathnet",
        LinearAlgebraBackend.Managed => "managed",
        _ => throw new ArgumentOutOfRangeException(nameof(backend)),
    };
}
