using System.Runtime.InteropServices;

namespace InfiniteNtk.Kernels.Matrices;

/// <summary>
/// Scratch memory outside the managed heap, aligned to 2 MiB with huge pages advised: no length limit of 2³¹ elements, cheap first
/// touch, and freed by Dispose at once. The collector is told of large ones, until they are freed by whichever path.
/// </summary>
internal sealed unsafe class NativeBuffer : SafeHandle
{
    private const nuint Alignment = 2 << 20;

    public NativeBuffer(nint bytes) : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        nuint alignment = (nuint)bytes >= Alignment ? Alignment : 64;
        void* memory = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), alignment);
        SetHandle((nint)memory);
        ByteCount = bytes;
        if (alignment != Alignment) return;
        HugePages.Advise(memory, bytes);
        GC.AddMemoryPressure(bytes);
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
        if ((nuint)ByteCount >= Alignment) GC.RemoveMemoryPressure(ByteCount);
        return true;
    }
}
