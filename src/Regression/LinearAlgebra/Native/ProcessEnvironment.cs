using System.Runtime.InteropServices;

namespace InfiniteNtk.Regression.LinearAlgebra.Native;

/// <summary>
/// The environment as native libraries see it. On Unix <see cref="Environment.SetEnvironmentVariable(string, string)"/> changes
/// a copy that they never read.
/// </summary>
internal static partial class ProcessEnvironment
{
    private const int Now = 2, Global = 0x100;

    /// <summary>Sets a variable for libraries loaded from now on, unless the user has set it.</summary>
    public static void SetIfUnset(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null) return;
        if (OperatingSystem.IsWindows()) Environment.SetEnvironmentVariable(name, value);
        else _ = SetVariable(name, value, overwrite: 0);
    }

    /// <summary>Loads a library so that libraries loaded later find its symbols, which <see cref="NativeLibrary"/> does not.</summary>
    public static bool LoadGlobally(string library) => Open(library, Now | Global) != 0;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string library, int flags);
}
