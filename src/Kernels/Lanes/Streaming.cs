using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// Writing past the cache: large results that are not read again soon need neither be read first nor push out what is in use.
/// </summary>
internal static unsafe class Streaming
{
    /// <summary>Whether rows that start at <paramref name="origin"/> with this stride are whole cache lines.</summary>
    public static bool IsPossible<T>(T* origin, nint stride) where T : unmanaged =>
        Avx512F.IsSupported && (nuint)origin % Cache.LineBytes == 0 && stride * sizeof(T) % Cache.LineBytes == 0;

    /// <summary>Copies numbers to where a cache line starts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(T* source, T* target, nint count) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint i = 0;
        for (; i + Vector512<T>.Count <= count; i += Vector512<T>.Count) Vector512.Load(source + i).StoreAlignedNonTemporal(target + i);
        for (; i < count; i++) target[i] = source[i];
    }

    /// <summary>Makes what was streamed visible to other threads before anything written later.</summary>
    public static void Finish()
    {
        if (Sse.IsSupported) Sse.StoreFence();
    }
}
