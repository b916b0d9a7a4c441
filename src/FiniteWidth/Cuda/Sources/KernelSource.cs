namespace InfiniteNtk.FiniteWidth.Cuda.Sources;

/// <summary>A source that is compiled for a device, for either precision.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Text">CUDA C++ without includes.</param>
internal sealed record KernelSource(string Name, string Text)
{
    private static readonly Lazy<KernelSource> _signals = new(() => new("signals", File("prelude") + File("signals")));

    private static readonly Lazy<KernelSource> _random = new(
        () => new("random", File("prelude") + BoxMullerSource.Text + File("random")));

    /// <summary>What layers do besides products and activations.</summary>
    public static KernelSource Signals => _signals.Value;

    /// <summary>Random numbers.</summary>
    public static KernelSource Random => _random.Value;

    /// <summary>An activation.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="functions">The functions value and slope.</param>
    public static KernelSource Activation(string name, string functions) => new(
        name, File("prelude") + File("elementwise") + functions + File("activation"));

    /// <summary>The compiler's options.</summary>
    public static string[] OptionsFor(CudaPrecision precision) => [precision == CudaPrecision.Single ? "-DREAL=float" : "-DREAL=double"];

    /// <summary>One of the sources that lie beside this file.</summary>
    internal static string File(string name)
    {
        using Stream stream = typeof(KernelSource).Assembly.GetManifestResourceStream($"{typeof(KernelSource).Namespace}.{name}.cu")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
