using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>Hints about what will be read soon. They change no result, and any address will do.</summary>
internal static unsafe class Cache
{
    /// <summary>Bytes of a cache line.</summary>
    public const int LineBytes = 64;

    /// <summary>Brings one cache line into the first level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(void* line)
    {
        if (Sse.IsSupported) Sse.Prefetch0(line);
    }

    /// <summary>Brings so many bytes into the second level.</summary>
    public static void FetchAll(void* memory, nint bytes)
    {
        if (!Sse.IsSupported) return;
        for (byte* line = (byte*)memory; line < (byte*)memory + bytes; line += LineBytes) Sse.Prefetch1(line);
    }
}
