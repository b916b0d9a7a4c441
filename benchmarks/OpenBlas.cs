using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Benchmarks;

/// <summary>
/// OpenBLAS with its AVX-512 core, for comparison; absent where the library is not installed. The core is chosen when the library
/// is loaded, from the process environment, which .NET's own environment does not reach on Unix.
/// </summary>
internal sealed unsafe partial class OpenBlas
{
    private const int RowMajor = 101, Upper = 121, NoTranspose = 111;

    private readonly delegate* unmanaged<int, int, int, int, int, double, double*, int, double, double*, int, void> _dsyrk;
    private readonly delegate* unmanaged<int, int, int, int, int, float, float*, int, float, float*, int, void> _ssyrk;

    private OpenBlas(nint library, int threads)
    {
        _dsyrk = (delegate* unmanaged<int, int, int, int, int, double, double*, int, double, double*, int, void>)
            NativeLibrary.GetExport(library, "cblas_dsyrk");
        _ssyrk = (delegate* unmanaged<int, int, int, int, int, float, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_ssyrk");
        var name = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_corename");
        Core = Marshal.PtrToStringUTF8((nint)name()) ?? "unknown";
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(threads);
    }

    public string Core { get; }

    public static OpenBlas? TryOpen(int threads)
    {
        if (Avx512F.IsSupported && Avx512DQ.IsSupported && Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is null)
        {
            _ = SetEnvironment("OPENBLAS_CORETYPE", "SkylakeX", 1);
        }

        // Its workers otherwise spin for some 20 ms after each call and take a core from whatever is timed next.
        if (Environment.GetEnvironmentVariable("OPENBLAS_THREAD_TIMEOUT") is null) _ = SetEnvironment("OPENBLAS_THREAD_TIMEOUT", "4", 1);
        return NativeLibrary.TryLoad("libopenblas.so.0", out nint library) ? new OpenBlas(library, threads) : null;
    }

    /// <summary>The upper triangle of X·Xᵀ.</summary>
    public void Syrk(double* x, int n, int d, double* c) => _dsyrk(RowMajor, Upper, NoTranspose, n, d, 1, x, d, 0, c, n);

    /// <summary>The upper triangle of X·Xᵀ.</summary>
    public void Syrk(float* x, int n, int d, float* c) => _ssyrk(RowMajor, Upper, NoTranspose, n, d, 1, x, d, 0, c, n);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
