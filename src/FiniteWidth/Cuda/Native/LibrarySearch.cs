using System.Runtime.InteropServices;

namespace InfiniteNtk.FiniteWidth.Cuda.Native;

/// <summary>
/// Looks for a native library by its names, newest first: in the folders that the user names, where the system looks, and where
/// CUDA is usually installed.
/// </summary>
/// <param name="chosen">Folders that come first.</param>
/// <param name="elsewhere">Whether to look in all the other places too.</param>
internal sealed class LibrarySearch(IReadOnlyList<string> chosen, bool elsewhere = true)
{
    /// <summary>The environment variable that names a folder with the CUDA libraries.</summary>
    public const string Variable = "INTK_CUDA_PATH";

    /// <summary>The user's folder, then everywhere.</summary>
    public static LibrarySearch Everywhere => new(Paths(Environment.GetEnvironmentVariable(Variable)));

    /// <summary>The library and where it was found, or why it was not.</summary>
    /// <param name="names">File names, the preferred one first.</param>
    /// <param name="companion">
    /// Start of the name of a library that this one opens by name and that lies beside it: it is loaded first, as the system would not
    /// look in this folder. Null where there is none.
    /// </param>
    public FoundLibrary Find(string[] names, string? companion = null)
    {
        foreach (string name in names)
        {
            foreach (string folder in chosen)
            {
                if (TryLoad(folder, name, companion, out nint library)) return new(library, Path.Combine(folder, name), null);
            }

            if (!elsewhere) continue;
            if (NativeLibrary.TryLoad(name, out nint known)) return new(known, name, null);
            foreach (string folder in UsualFolders())
            {
                if (TryLoad(folder, name, companion, out nint library)) return new(library, Path.Combine(folder, name), null);
            }
        }

        return new(0, null, $"{string.Join(", ", names)} not found");
    }

    private static bool TryLoad(string folder, string name, string? companion, out nint library)
    {
        library = 0;
        string file = Path.Combine(folder, name);
        if (!File.Exists(file)) return false;
        if (companion is not null)
        {
            foreach (string beside in Directory.EnumerateFiles(folder, companion + "*")) _ = NativeLibrary.TryLoad(beside, out _);
        }

        return NativeLibrary.TryLoad(file, out library);
    }

    private static IEnumerable<string> UsualFolders()
    {
        string inside = OperatingSystem.IsWindows() ? "bin" : "lib64";
        foreach (string variable in (string[])["CUDA_PATH", "CUDA_HOME"])
        {
            foreach (string folder in Paths(Environment.GetEnvironmentVariable(variable))) yield return Path.Combine(folder, inside);
        }

        foreach (string folder in Matching("/usr/local", "cuda*")) yield return Path.Combine(folder, inside);
        yield return "/usr/lib/wsl/lib";
        foreach (string variable in (string[])["VIRTUAL_ENV", "CONDA_PREFIX"])
        {
            IEnumerable<string> wheels =
                from root in Paths(Environment.GetEnvironmentVariable(variable))
                from python in Matching(Path.Combine(root, "lib"), "python*")
                from package in Matching(Path.Combine(python, "site-packages", "nvidia"), "*")
                select Path.Combine(package, "lib");
            foreach (string folder in wheels) yield return folder;
        }
    }

    private static IEnumerable<string> Matching(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, pattern).OrderDescending(StringComparer.Ordinal) : [];

    private static string[] Paths(string? variable) =>
        variable?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
