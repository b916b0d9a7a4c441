using System.Runtime.InteropServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Regression.LinearAlgebra.Native;

/// <summary>
/// Loads the native libraries, once in a process, and is the only place that touches what is global in them: the variables they
/// read while loading and their number of threads.
/// </summary>
internal static unsafe class NativeBlas
{
    private static readonly Lazy<Loaded> _openBlas = new(LoadOpenBlas), _mkl = new(LoadMkl);

    /// <summary>OpenBLAS, or why there is none.</summary>
    public static Loaded OpenBlas => _openBlas.Value;

    /// <summary>MKL, or why there is none.</summary>
    public static Loaded Mkl => _mkl.Value;

    /// <summary>What came of loading a library: exactly one of the two is there.</summary>
    internal sealed record Loaded(NativeLinearAlgebra? Algebra, string? Reason)
    {
        public static implicit operator (ILinearAlgebra? Algebra, string? Reason)(Loaded loaded) => (loaded.Algebra, loaded.Reason);
    }

    private static Loaded LoadOpenBlas()
    {
        // Releases up to 0.3.21 take newer AMD processors for Haswell and are then 1.7 times slower. On a processor without
        // AVX-512 this core type would be an illegal instruction.
        if (Processor.IsAvx512Server) ProcessEnvironment.SetIfUnset("OPENBLAS_CORETYPE", "SkylakeX");

        string[] names = OperatingSystem.IsWindows() ? ["libopenblas.dll", "openblas.dll"]
            : OperatingSystem.IsMacOS() ? ["libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib"]
            : ["libopenblas.so.0", "libopenblas.so"];
        if (!TryLoad(names, out nint library)) return Absent("OpenBLAS", names, "the package libopenblas0-pthread on Debian and Ubuntu");
        var config = (delegate* unmanaged[Cdecl]<byte*>)Optional(library, "openblas_get_config");
        var core = (delegate* unmanaged[Cdecl]<byte*>)Optional(library, "openblas_get_corename");
        var getThreads = (delegate* unmanaged[Cdecl]<int>)Optional(library, "openblas_get_num_threads");
        var setThreads = (delegate* unmanaged[Cdecl]<int, void>)Optional(library, "openblas_set_num_threads");
        string version = config is null ? "" : Marshal.PtrToStringUTF8((nint)config()) ?? "";
        if (version.Contains("USE64BITINT", StringComparison.Ordinal))
        {
            return new Loaded(null, "The OpenBLAS found was built for 64-bit integers under the usual names; the 32-bit build is needed.");
        }

        int threads = getThreads is null ? Environment.ProcessorCount : getThreads();
        if (setThreads is not null && threads > Environment.ProcessorCount)
        {
            // It counts the machine's processors; a container may own fewer.
            threads = Environment.ProcessorCount;
            setThreads(threads);
        }

        string number = version.Split(' ').ElementAtOrDefault(1) ?? "";
        string coreName = core is null ? "unknown" : Marshal.PtrToStringUTF8((nint)core()) ?? "unknown";
        return Bind(library, $"OpenBLAS {number}, core type {coreName}", threads, setThreads is null ? null : count => setThreads(count));
    }

    private static Loaded LoadMkl()
    {
        string[] names = OperatingSystem.IsWindows() ? ["mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"]
            : ["libmkl_rt.so.2", "libmkl_rt.so.1", "libmkl_rt.so"];
        if (OperatingSystem.IsMacOS()) names = ["libmkl_rt.2.dylib", "libmkl_rt.1.dylib", "libmkl_rt.dylib"];
        if (OperatingSystem.IsLinux())
        {
            // Without these two in the global scope MKL's threading layer ends the process on its first call.
            if (!ProcessEnvironment.LoadGlobally("libm.so.6") || !ProcessEnvironment.LoadGlobally("libgomp.so.1"))
            {
                return new Loaded(null, "MKL needs libgomp.so.1 (the package libgomp1 on Debian and Ubuntu), which was not found.");
            }

            ProcessEnvironment.SetIfUnset("MKL_THREADING_LAYER", "GNU");
        }

        if (!TryLoad(names, out nint library)) return Absent("MKL", names, "the package intel-mkl on Debian and Ubuntu");
        var describe = (delegate* unmanaged[Cdecl]<byte*, int, void>)Optional(library, "MKL_Get_Version_String");
        var threads = (delegate* unmanaged[Cdecl]<int>)Optional(library, "MKL_Get_Max_Threads");
        var setThreads = (delegate* unmanaged[Cdecl]<int, void>)Optional(library, "MKL_Set_Num_Threads");
        string version = "MKL";
        if (describe is not null)
        {
            byte* text = stackalloc byte[256];
            new Span<byte>(text, 256).Clear();
            describe(text, 255);
            version = Marshal.PtrToStringUTF8((nint)text)!.Trim();
        }

        return Bind(library, version, threads is null ? Environment.ProcessorCount : threads(), setThreads is null ? null : count => setThreads(count));
    }

    private static Loaded Bind(nint library, string name, int threads, Action<int>? setThreads) =>
        LapackSymbols.TryBind(library, out LapackSymbols? symbols, out string? missing)
            ? new Loaded(new NativeLinearAlgebra(symbols, name, threads, setThreads), null)
            : new Loaded(null, $"{name} was found but does not export {missing}.");

    private static Loaded Absent(string name, string[] tried, string package) =>
        new(null, $"{name} is not installed ({string.Join(", ", tried)} not found); install it, for example {package}.");

    private static bool TryLoad(string[] names, out nint library)
    {
        library = 0;
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out library)) return true;
        }

        return false;
    }

    private static void* Optional(nint library, string symbol) =>
        NativeLibrary.TryGetExport(library, symbol, out nint address) ? (void*)address : null;
}
