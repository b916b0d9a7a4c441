using System.IO.Compression;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk;

/// <summary>NumPy's <c>.npz</c> files: named arrays in a zip archive, stored or deflated.</summary>
public sealed class NpzFile
{
    private const string Ending = ".npy";
    private readonly string _path;

    private NpzFile(string path, ValueList<string> names)
    {
        _path = path;
        Names = names;
    }

    /// <summary>The names of its arrays, in the order of the archive.</summary>
    public ValueList<string> Names { get; }

    /// <summary>Lists the arrays; they are described and read one by one with <see cref="Read"/>.</summary>
    /// <exception cref="InvalidFileException">It is missing, or not a zip archive, or two arrays have one name.</exception>
    public static NpzFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string source = $"'{path}'";
        return FileErrors.Reading(source, () =>
        {
            using ZipArchive archive = OpenArchive(path);
            string[] names = [.. archive.Entries.Where(IsArray).Select(entry => entry.FullName[..^Ending.Length])];
            if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw FileErrors.Unreadable(
                    source, $"it holds {twice.Count()} arrays named '{twice.Key}'", "different names are required", "Write it again with numpy.savez");
            }

            return new NpzFile(path, [.. names]);
        });
    }

    /// <summary>Describes one array; its numbers are read when they are asked for.</summary>
    /// <exception cref="InvalidFileException">
    /// There is none of that name (those there are are listed), or its data are damaged, truncated or of a type that is not read.
    /// </exception>
    public NpyArray Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string source = $"array '{name}' in '{_path}'";
        return FileErrors.Reading(source, () =>
        {
            if (!Names.Contains(name))
            {
                throw FileErrors.Unreadable(
                    $"'{_path}'", $"it has no array '{name}'", $"it has {(Names.Count == 0 ? "none at all" : string.Join(", ", Names))}",
                    "Name one of these, or save the array under that name");
            }

            using ZipMemberStream stream = OpenMember(name, source);
            NpyHeader header = NpyHeader.Read(stream, source);
            NpyFile.RequireLength(source, header, stream.Length);
            return new NpyArray(name, source, header, () => NpyArray.Reopen(OpenMember(name, source), s => NpyHeader.Read(s, source), header))
            {
                Kind = name switch { "nngp" => KernelKind.Nngp, "ntk" => KernelKind.Ntk, _ => KernelKind.Unknown },
            };
        });
    }

    /// <summary>Writes arrays, uncompressed, with zip64 records where one or all together exceed 4 GiB.</summary>
    /// <exception cref="InvalidFileException">The file cannot be written; nothing is left half-written.</exception>
    internal static void Write(OutputFile file, params IReadOnlyList<(string Name, NpyContent Content)> arrays)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(arrays);
        file.Write(stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, NpyContent content) in arrays)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name + Ending, CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // Equal content, equal bytes.
                using Stream member = entry.Open();
                content.WriteTo(member);
            }
        });
    }

    private static bool IsArray(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(Ending, StringComparison.Ordinal) && entry.FullName.Length > Ending.Length;

    private static ZipArchive OpenArchive(string path)
    {
        FileStream stream = InputFile.Open(path);
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private ZipMemberStream OpenMember(string name, string source)
    {
        ZipArchive archive = OpenArchive(_path);
        try
        {
            ZipArchiveEntry entry = archive.GetEntry(name + Ending) ?? throw new InvalidDataException("it was changed while it was read");
            if (entry.IsEncrypted)
            {
                throw FileErrors.Unreadable(source, "it is encrypted", "an archive without a password is required", "Write it with numpy.savez");
            }

            NpyFile.RequirePossible(source, entry.Length, Math.Min(entry.CompressedLength, new FileInfo(_path).Length));
            return new ZipMemberStream(archive, entry);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }
}
