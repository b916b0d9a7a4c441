using System.Text;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>
/// A file that will be written. Preparing it before a long computation finds out early that it cannot be; writing it is atomic:
/// under its own name there is the old content or the whole new one, never a part.
/// </summary>
internal sealed class OutputFile
{
    private readonly string _target;

    private OutputFile(string path, string target)
    {
        Path = path;
        _target = target;
    }

    /// <summary>The path that was asked for.</summary>
    public string Path { get; }

    /// <summary>Makes sure that a file can be written: its folder exists and takes files, and has room.</summary>
    /// <param name="path">Where to; a link is followed, an existing file will be replaced.</param>
    /// <param name="expectedBytes">About how much will be written, if known.</param>
    /// <exception cref="InvalidFileException">It cannot be written, and why.</exception>
    public static OutputFile Prepare(string path, long expectedBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Guarded(path, () =>
        {
            if (path.Length == 0 || System.IO.Path.EndsInDirectorySeparator(path) || Directory.Exists(path))
            {
                throw Unwritable(path, "it is a folder", "the name of a file is required", "Add a file name");
            }

            var file = new FileInfo(path);
            string target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            RequirePlace(path, target);
            string probe = Temporary(target);
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                RequireRoom(path, target, expectedBytes);
            }

            return new OutputFile(path, target);
        });
    }

    /// <summary>Writes the file: to a temporary name beside it, flushed to the disk, then renamed.</summary>
    /// <param name="write">Writes the content; the stream can seek.</param>
    /// <exception cref="InvalidFileException">The system refuses, for example because the disk is full; nothing is left behind.</exception>
    public void Write(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Guarded(Path, () =>
        {
            string temporary = Temporary(_target);
            UnfinishedFiles.Add(temporary);
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                if (!OperatingSystem.IsWindows() && File.Exists(_target)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(_target));
                File.Move(temporary, _target, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
            finally
            {
                UnfinishedFiles.Forget(temporary);
            }

            return this;
        });
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <inheritdoc cref="Write(Action{Stream})"/>
    public void Write(string text) => Write(stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void RequirePlace(string path, string target)
    {
        string folder = System.IO.Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw Unwritable(path, $"there is no folder '{folder}'", "an existing folder is required", "Create it first");
        }

        // Renaming over a device would replace the device; /dev/shm holds ordinary files.
        if (!OperatingSystem.IsWindows() && folder.Split('/') is ["", "dev" or "proc" or "sys", ..] and not ["", "dev", "shm", ..])
        {
            throw Unwritable(path, "it is a device", "an ordinary file is required", "Write a file, then copy it there");
        }

        if (File.Exists(target) && new FileInfo(target).IsReadOnly)
        {
            throw Unwritable(path, "it exists and is read-only", "a writable file is required", "Choose another name or permit writing");
        }
    }

    private static void RequireRoom(string path, string target, long bytes)
    {
        long free = new DriveInfo(System.IO.Path.GetDirectoryName(target)!).AvailableFreeSpace;
        if (bytes <= free) return;
        throw Unwritable(
            path, $"it will take {MemoryBudget.Describe(bytes)}", $"{MemoryBudget.Describe(free)} are free on that disk",
            "Free some space or write elsewhere");
    }

    private static string Temporary(string target) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(target)!, $".{System.IO.Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");

    private static OutputFile Guarded(string path, Func<OutputFile> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unwritable(
                path, error.Message.TrimEnd('.'), "a place where this user can write is required", "Check the path, its permissions and the disk", error);
        }
    }

    private static InvalidFileException Unwritable(string path, string received, string required, string remedy, Exception? cause = null) =>
        new($"Cannot write '{path}'", received, required, remedy, cause);
}
