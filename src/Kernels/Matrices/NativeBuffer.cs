using System.Runtime.InteropServices;

namespace InfiniteNtk.Kernels.Matrices;

/// <summary>
/// Memory outside the managed heap, aligned to 2 MiB with huge pages advised: no length limit of 2³¹ elements, cheap first touch.
/// </summary>
internal sealed unsafe partial class NativeBuffer : SafeHandle
{
    private const nuint Alignment = 2 << 20;

    public NativeBuffer(nint bytes) : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        nuint alignment = (nuint)bytes >= Alignment ? Alignment : 64;
        void* memory = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), alignment);
        SetHandle((nint)memory);
        ByteCount = bytes;
        if (alignment == Alignment && OperatingSystem.IsLinux()) _ = AdviseHugePages(memory, (nuint)bytes, 14);
    }

    public nint ByteCount { get; }

    public override bool IsInvalid => handle == 0;

    public void* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (void*)handle;
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    /// <summary>madvise(MADV_HUGEPAGE): only advice, so its result does not matter.</summary>
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int AdviseHugePages(void* address, nuint length, int advice);
}
