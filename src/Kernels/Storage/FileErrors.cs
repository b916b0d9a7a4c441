namespace InfiniteNtk.Kernels.Storage;

/// <summary>What goes wrong with files, as the one exception that users see.</summary>
internal static class FileErrors
{
    /// <summary>A file (or an array in it) whose content cannot be used.</summary>
    public static InvalidFileException Unreadable(string source, string received, string required, string remedy, Exception? cause = null) =>
        new($"Cannot read {source}", received, required, remedy, cause);

    /// <summary>Runs a reader; what the system or the decompressor throws becomes an <see cref="InvalidFileException"/>.</summary>
    public static T Reading<T>(string source, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable(source, "there is no such file", "an existing file is required", "Check the path and the working directory", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Unreadable(
                source, "it is a folder, or this user may not read it", "a readable file is required", "Check the path and its permissions", error);
        }
        catch (EndOfStreamException error)
        {
            throw Unreadable(
                source, "it ends before its data do", "the whole file is required", "It is truncated: copy or download it again", error);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException
            or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw Unreadable(
                source, $"it is damaged or of another kind ({error.Message.TrimEnd('.')})", "an intact file is required",
                "Copy or download it again", error);
        }
    }
}
