using System.Collections.Concurrent;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>The temporary files that are being written: what ends the process in the middle of one (a signal, an exit) removes it.</summary>
internal static class UnfinishedFiles
{
    private static readonly ConcurrentDictionary<string, bool> _paths = new();

    static UnfinishedFiles() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();

    /// <summary>From now on the file is removed with the process.</summary>
    public static void Add(string path) => _paths[path] = true;

    /// <summary>The file has its name, or is gone.</summary>
    public static void Forget(string path) => _paths.TryRemove(path, out _);

    /// <summary>Removes them all.</summary>
    internal static void Remove()
    {
        foreach (string path in _paths.Keys)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The process ends, and there is nobody left to tell.
            }
        }
    }
}
