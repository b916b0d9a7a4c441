namespace InfiniteNtk.Kernels.Tests.Storage;

/// <summary>The files that NumPy wrote (Fixtures/make.py says what they hold).</summary>
internal static class Fixture
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>Every readable or refused array and archive.</summary>
    public static string[] All => [.. Directory.GetFiles(Path(""), "*.np?").Order(StringComparer.Ordinal)];

    /// <summary>The numbers that make.py puts into an array of this kind.</summary>
    public static double[] Values(char kind, int count) =>
        [.. Enumerable.Range(0, count).Select(k => kind switch { 'f' => (k - 2) / 4.0, 'i' => k - 2, 'u' => k, _ => k % 2 })];
}
