namespace InfiniteNtk.Kernels.Storage;

/// <summary>A file that is read. Readers come back to a file (its shape first, its numbers later), which a pipe does not allow.</summary>
internal static class InputFile
{
    /// <summary>Opens it at its beginning.</summary>
    /// <exception cref="InvalidFileException">It is a pipe, a terminal or the like.</exception>
    public static FileStream Open(string path, int bufferSize = 4096)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);
        if (stream.CanSeek) return stream;
        stream.Dispose();
        throw FileErrors.Unreadable(
            $"'{path}'", "it is a pipe or a device, whose content comes only once", "a file is required, which is read twice",
            "Save it as a file first (the tool intk does so by itself)");
    }
}
