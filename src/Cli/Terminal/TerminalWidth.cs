using System.Globalization;
using System.Runtime.InteropServices;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>Columns of the terminal that shows progress. Results may go to a file while it does: .NET's own question is about standard output.</summary>
internal static partial class TerminalWidth
{
    private const int Usual = 80;
    private const int StandardError = 2;
    private const nuint LinuxWindowSize = 0x5413;

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows, Columns, PixelsAcross, PixelsDown;
    }

    /// <summary>Of the terminal behind standard error; 80 where nobody tells.</summary>
    public static int OfError()
    {
        if (OperatingSystem.IsLinux() && Ioctl(StandardError, LinuxWindowSize, out WindowSize size) == 0 && size.Columns > 0) return size.Columns;
        if (!Console.IsOutputRedirected) return OfOutput(Usual);
        string? told = Environment.GetEnvironmentVariable("COLUMNS");
        return int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0 ? columns : Usual;
    }

    /// <summary>Of the terminal behind standard output.</summary>
    public static int OfOutput(int otherwise)
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Ioctl(int descriptor, nuint request, out WindowSize size);
}
