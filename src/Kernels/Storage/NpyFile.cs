using System.Numerics;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk;

/// <summary>NumPy's <c>.npy</c> files: one array each.</summary>
public static class NpyFile
{
    /// <summary>Deflate cannot do better: 258 bytes from two bits (one bit each for length and distance).</summary>
    private const long LargestDeflateRatio = 1032;

    /// <summary>Describes the array; its numbers are read when they are asked for.</summary>
    /// <exception cref="InvalidFileException">
    /// It is missing, not an array, truncated, followed by something else, or of a type that is not read.
    /// </exception>
    public static NpyArray Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string source = $"'{path}'";
        return FileErrors.Reading(source, () =>
        {
            using FileStream stream = OpenStream(path);
            NpyHeader header = NpyHeader.Read(stream, source);
            RequireLength(source, header, stream.Length);
            return new NpyArray(Path.GetFileNameWithoutExtension(path), source, header, () => NpyArray.Reopen(OpenStream(path), s => NpyHeader.Read(s, source), header));
        });
    }

    /// <summary>Writes an array.</summary>
    /// <exception cref="InvalidFileException">The file cannot be written; nothing is left half-written.</exception>
    internal static void Write(OutputFile file, NpyContent content)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(content);
        file.Write(content.WriteTo);
    }

    /// <summary>Writes a matrix.</summary>
    /// <inheritdoc cref="Write(OutputFile, NpyContent)"/>
    public static void Write<T>(string path, KernelMatrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var content = NpyContent.From(matrix);
        Write(OutputFile.Prepare(path, content.Bytes), content);
    }

    /// <summary>The header's word is believed only if the bytes are there: nothing is allocated before.</summary>
    internal static void RequireLength(string source, NpyHeader header, long bytes)
    {
        if (header.DataBytes == bytes - header.Length) return;
        bool less = bytes - header.Length < header.DataBytes;
        throw FileErrors.Unreadable(
            source, $"its shape ({string.Join(", ", header.Shape)}) of {header.Type} takes {header.DataBytes} bytes but {bytes - header.Length} follow the header",
            "exactly those bytes are required",
            less ? "It is truncated: copy or download it again" : "Save each array in a file of its own, or all in one .npz with numpy.savez");
    }

    /// <summary>Neither a declared size nor a shape may make us reserve what the compressed bytes at hand cannot hold.</summary>
    internal static void RequirePossible(string source, long bytes, long compressedBytes)
    {
        if (bytes / LargestDeflateRatio <= compressedBytes) return;
        throw FileErrors.Unreadable(
            source, $"it claims {bytes} bytes from {compressedBytes} compressed ones", "sizes that are possible are required",
            "The file is damaged or an attack: do not use it");
    }

    private static FileStream OpenStream(string path) => InputFile.Open(path, 1);
}
