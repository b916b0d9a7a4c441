namespace InfiniteNtk.FiniteWidth.Cuda.Native;

/// <summary>
/// The three libraries that a device needs: the driver, the run-time compiler and the matrix products, each found or not for a
/// reason. None is a package of this project.
/// </summary>
internal sealed class CudaLibraries
{
    private static readonly Lazy<CudaLibraries> _installed = new(() => new CudaLibraries(LibrarySearch.Everywhere));

    private CudaLibraries(LibrarySearch search)
    {
        bool windows = OperatingSystem.IsWindows();
        (Driver, DriverPlace) = Bind(search.Find([windows ? "nvcuda.dll" : "libcuda.so.1"]), library => new CudaDriver(library));
        (Compiler, CompilerPlace) = Bind(
            search.Find(
                windows ? ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll"] : ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2"],
                windows ? "nvrtc-builtins" : "libnvrtc-builtins.so"),
            library => new Nvrtc(library));
        (Products, ProductsPlace) = Bind(
            search.Find(
                windows ? ["cublas64_13.dll", "cublas64_12.dll", "cublas64_11.dll"] : ["libcublas.so.13", "libcublas.so.12", "libcublas.so.11"],
                windows ? "cublasLt64" : "libcublasLt.so."),
            library => new Cublas(library));
    }

    /// <summary>What is installed; looked for once in a process.</summary>
    public static CudaLibraries Installed => _installed.Value;

    /// <summary>The driver; null where <see cref="DriverPlace"/> says why not.</summary>
    public CudaDriver? Driver { get; }

    /// <summary>Where the driver was found, or why it was not.</summary>
    public string DriverPlace { get; }

    /// <summary>The run-time compiler; null where <see cref="CompilerPlace"/> says why not.</summary>
    public Nvrtc? Compiler { get; }

    /// <summary>Where the compiler was found, or why it was not.</summary>
    public string CompilerPlace { get; }

    /// <summary>Matrix products; null where <see cref="ProductsPlace"/> says why not.</summary>
    public Cublas? Products { get; }

    /// <summary>Where cuBLAS was found, or why it was not.</summary>
    public string ProductsPlace { get; }

    /// <summary>The libraries of one folder, and no others.</summary>
    public static CudaLibraries In(string folder) => new(new LibrarySearch([folder], elsewhere: false));

    private static (T? Binding, string Place) Bind<T>(FoundLibrary found, Func<nint, T> bind) where T : class
    {
        if (found.Place is null) return (null, found.Reason!);
        try
        {
            return (bind(found.Handle), found.Place);
        }
        catch (EntryPointNotFoundException error)
        {
            return (null, $"{found.Place} is of another version: {error.Message}");
        }
    }
}
