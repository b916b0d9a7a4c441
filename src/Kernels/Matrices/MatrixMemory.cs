using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InfiniteNtk.Kernels.Matrices;

/// <summary>
/// The memory of one matrix, aligned for vectors and huge pages. A kept matrix lies in a pinned array of the managed heap: every view
/// and every span of it is then a reference that the collector sees, so nothing that can still be read is ever freed, and
/// nothing has to be told to the collector. A temporary one lies outside the heap, is freed by Dispose at once and must stay in
/// a <c>using</c>.
/// </summary>
internal sealed unsafe class MatrixMemory : IDisposable
{
    /// <summary>Garbage that may lie about before a collection is asked for: the collector alone would let it grow to all free memory.</summary>
    internal const long LeastGarbage = 256 << 20;

    private const nint Line = 64, HugePage = 2 << 20, WorthAligning = 32 << 20;

    /// <summary>Elements of a page reach 8 PiB where an array of bytes ends at 2 GiB.</summary>
    private const nint PageBytes = 4096;

    // Someone who looks for reads of what nobody wrote sets this for malloc; it shall find them here too.
    private static readonly bool Perturbed = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MALLOC_PERTURB_"));

    private static long _allocated, _limit = LeastGarbage;
    private readonly nint _offset;
    private Array? _pages;
    private NativeBuffer? _temporary;

    private MatrixMemory(Array pages, nint offset) => (_pages, _offset) = (pages, offset);

    private MatrixMemory(NativeBuffer temporary) => _temporary = temporary;

    /// <summary>Whether nothing may be read any more.</summary>
    public bool IsDisposed => _pages is null && _temporary is null;

    /// <summary>The first byte; for kept memory a reference that roots it.</summary>
    /// <exception cref="ObjectDisposedException">The matrix was disposed.</exception>
    public ref byte First
    {
        get
        {
            if (_pages is { } pages) return ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(Unsafe.As<byte[]>(pages)), _offset);
            if (_temporary is { } buffer) return ref *(byte*)buffer.Pointer;
            throw Disposed();
        }
    }

    /// <summary>Memory of unspecified content that lives as long as anything refers to it.</summary>
    /// <exception cref="OutOfMemoryException">The system has no such memory.</exception>
    /// <exception cref="OverflowException">Nor has any.</exception>
    public static MatrixMemory Kept(nint bytes)
    {
        MakeRoom(bytes);
        nint alignment = bytes >= WorthAligning ? HugePage : Line;
        Array pages = bytes < 16 * PageBytes
            ? GC.AllocateUninitializedArray<SmallBlock>((int)((bytes + alignment) / Line + 1), pinned: true)
            : GC.AllocateUninitializedArray<Page>(checked((int)((bytes + alignment) / PageBytes + 1)), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pages));
        nint offset = (start + alignment - 1) / alignment * alignment - start;
        if (bytes >= HugePage) HugePages.Advise((void*)((start + offset) / PageBytes * PageBytes + PageBytes), bytes - PageBytes);
        if (Perturbed) NativeMemory.Fill((void*)(start + offset), (nuint)bytes, 0xFF);
        GC.KeepAlive(pages);
        return new MatrixMemory(pages, offset);
    }

    /// <summary>Memory outside the heap, for a matrix that does not leave its <c>using</c>.</summary>
    /// <exception cref="OutOfMemoryException">The system has no such memory.</exception>
    public static MatrixMemory Temporary(nint bytes) => new(new NativeBuffer(bytes));

    /// <summary>Gives everything back that nothing refers to any more.</summary>
    public static void Collect()
    {
        Interlocked.Exchange(ref _allocated, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref _limit, Math.Max(LeastGarbage, GC.GetTotalMemory(false) / 2));
    }

    /// <summary>What reading a disposed matrix throws.</summary>
    public static ObjectDisposedException Disposed() => new(
        "KernelMatrix", "Cannot read a KernelMatrix: it was disposed; it must be alive. Read it before its using ends, or keep a Copy()");

    /// <inheritdoc/>
    public void Dispose()
    {
        _pages = null;
        _temporary?.Dispose();
        _temporary = null;
    }

    private static void MakeRoom(nint bytes)
    {
        long before = Interlocked.Add(ref _allocated, bytes) - bytes;
        if (before > 0 && before + bytes > Volatile.Read(ref _limit))
        {
            Collect();
            Interlocked.Add(ref _allocated, bytes);
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = (int)PageBytes)]
    private struct Page;

    [StructLayout(LayoutKind.Sequential, Size = (int)Line)]
    private struct SmallBlock;
}
