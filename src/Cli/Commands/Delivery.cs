using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Storage;

namespace InfiniteNtk.Cli.Commands;

/// <summary>A file that a command was asked for, prepared before the work, and what goes into it.</summary>
/// <param name="File">Where to; null: it was not asked for.</param>
/// <param name="Write">Writes it.</param>
internal readonly record struct Delivered(OutputFile? File, Action<OutputFile> Write);

/// <summary>
/// Hands over what was computed, so that nothing is lost: first what is printed, then each file. A file that cannot be written takes
/// neither the printed result nor the other files with it, and is saved in the folder for temporary files instead.
/// </summary>
internal static class Delivery
{
    /// <summary>Prints, then writes.</summary>
    /// <exception cref="DeliveryException">A file was not written where it was asked for; all others were.</exception>
    public static void Of(ToolConsole console, Action print, params ReadOnlySpan<Delivered> files)
    {
        print();
        List<string> failures = [];
        foreach ((OutputFile? file, Action<OutputFile> write) in files)
        {
            if (file is null) continue;
            try
            {
                write(file);
                console.Error.WriteLine($"wrote {file.Path}");
            }
            catch (InvalidFileException failure)
            {
                failures.Add(failure.Message.TrimEnd('.') + "." + (Saved(file.Path, write) is { } place ? $" It was saved as {place} instead." : ""));
            }
        }

        if (failures.Count > 0) throw new DeliveryException(string.Join(' ', failures));
    }

    /// <summary>The place of a copy among the temporary files; null where they take none either.</summary>
    private static string? Saved(string path, Action<OutputFile> write)
    {
        try
        {
            var file = OutputFile.Prepare(Path.Combine(Path.GetTempPath(), $"intk-{Guid.NewGuid():N}"[..13] + "-" + Path.GetFileName(path)));
            write(file);
            return file.Path;
        }
        catch (InvalidFileException)
        {
            return null;
        }
    }
}
