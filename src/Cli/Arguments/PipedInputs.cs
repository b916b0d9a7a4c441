using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>
/// Standard input (-), pipes and process substitutions as files. They can be read once, while the readers of data read twice
/// (shapes before numbers); so each is copied to a temporary file first, which is removed at the end.
/// </summary>
internal sealed class PipedInputs(ToolConsole console, CancellationToken cancellation) : IDisposable
{
    private const string StandardInput = "-";
    private string? _folder;
    private bool _inputTaken;
    private int _copies;

    /// <summary>The path of a file that can be read again: the path itself, or that of a copy.</summary>
    /// <exception cref="UsageException">Standard input stands for two files.</exception>
    /// <exception cref="InvalidFileException">It is a device, or longer than what fits.</exception>
    public string Regular(string path)
    {
        if (path is StandardInput or "/dev/stdin")
        {
            if (_inputTaken) throw new UsageException("standard input (-) can be read only once; save it as a file to use it twice.");
            _inputTaken = true;
            using Stream input = console.OpenInput();
            return Copy(input, "standard-input");
        }

        // What cannot be opened is left to its reader, which says why.
        if (Open(path) is not { } stream) return path;
        using (stream)
        {
            // What the shell opened has a number for a name, from which no reader learns its kind.
            if (!stream.CanSeek || IsUnder(path, "/dev/fd/") || IsUnder(path, "/proc/")) return Copy(stream, Path.GetFileName(path));
            if (!IsUnder(path, "/dev/") || IsUnder(path, "/dev/shm/")) return path;
        }

        throw Refused(path, "it is a device", "Pass a file, or - for standard input");
    }

    /// <summary>A network argument whose file, if it is one (@ and its name), can be read again.</summary>
    public string RegularNetwork(string argument) => argument.StartsWith('@') ? "@" + Regular(argument[1..]) : argument;

    /// <summary>A message that names what the user named, and not the copies.</summary>
    public string Named(string message) => _folder is null ? message : message.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsUnder(string path, string folder) => !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith(folder, StringComparison.Ordinal);

    private string Copy(Stream from, string name)
    {
        _folder ??= Directory.CreateTempSubdirectory("intk-").FullName;
        string copy = Path.Combine(_folder, _copies++ == 0 ? name : $"{_copies}-{name}"); // Pipes of two folders may have one name.
        // On a thread of its own: a pipe may give nothing for as long as it likes, and stopping must not wait for it.
        var copying = Task.Run(() => CopyTo(from, copy), CancellationToken.None);
        copying.WaitAsync(cancellation).GetAwaiter().GetResult();
        string ending = Path.GetExtension(name).Length > 1 ? "" : Ending(copy);
        File.Move(copy, copy + ending);
        return copy + ending;
    }

    private static void CopyTo(Stream from, string path)
    {
        long most = Math.Min(MemoryBudget.Available, new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace) / 2, length = 0;
        using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        byte[] piece = new byte[1 << 16];
        for (int got = from.Read(piece); got > 0; got = from.Read(piece))
        {
            length += got;
            if (length > most) throw Refused(Path.GetFileName(path), $"it goes on after {MemoryBudget.Describe(most)}", "Pass fewer points, or a file");
            to.Write(piece, 0, got);
        }
    }

    /// <summary>What has no ending of its own is told by its first bytes; what is none of the formats of arrays is a table.</summary>
    private static string Ending(string path)
    {
        Span<byte> first = stackalloc byte[4];
        using FileStream stream = File.OpenRead(path);
        first = first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        return first.StartsWith("PK"u8) ? ".npz"
            : first.StartsWith((ReadOnlySpan<byte>)[0x93]) ? ".npy"
            : first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? ".gz"
            : first.StartsWith((ReadOnlySpan<byte>)[0, 0]) ? ".idx"
            : ".csv";
    }

    private static InvalidFileException Refused(string path, string received, string remedy) =>
        new($"Cannot read '{path}'", received, "a file, a pipe or standard input with an end is required", remedy);
}
