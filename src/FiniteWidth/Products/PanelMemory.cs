using System.Collections.Concurrent;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.Products;

/// <summary>
/// Memory for packed panels, kept from one product to the next: fresh memory costs more to touch first than to fill. As many buffers
/// as are in use at once, none above <see cref="LargestKept"/>.
/// </summary>
internal sealed class PanelMemory
{
    private const nint LargestKept = 32 << 20;

    private readonly ConcurrentBag<NativeBuffer> _kept = [];

    /// <summary>A buffer of at least so many bytes: a kept one that is large enough, else a new one.</summary>
    public NativeBuffer Rent(nint bytes)
    {
        while (_kept.TryTake(out NativeBuffer? kept))
        {
            if (kept.ByteCount >= bytes) return kept;
            kept.Dispose();
        }

        return new NativeBuffer(bytes);
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(NativeBuffer buffer)
    {
        if (buffer.ByteCount <= LargestKept) _kept.Add(buffer);
        else buffer.Dispose();
    }
}
