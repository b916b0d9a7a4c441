namespace InfiniteNtk.Architecture.Tests;

/// <summary>The working tree that these tests read as text.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file below a folder of the repository, build products left out.</summary>
    public static IEnumerable<string> Sources(params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        select file;

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "InfiniteNtk.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("InfiniteNtk.sln was not found above the test assembly.");
    }
}
