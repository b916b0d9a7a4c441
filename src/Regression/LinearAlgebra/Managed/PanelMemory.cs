using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// Memory for packed panels, kept from one product to the next: fresh memory costs more to touch first than to fill. Keeps two buffers
/// at most, none above <see cref="LargestKept"/>.
/// </summary>
internal sealed class PanelMemory
{
    private const nint LargestKept = 64 << 20;

    private readonly NativeBuffer?[] _kept = new NativeBuffer?[2];

    /// <summary>A buffer for these panels: a kept one that is large enough, else a new one.</summary>
    public NativeBuffer Rent(nint count, nint length)
    {
        nint bytes = PackedPanels<double>.BytesFor(count, length);
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.Exchange(ref _kept[i], null) is not { } kept) continue;
            if (kept.ByteCount >= bytes) return kept;
            kept.Dispose();
        }

        return new NativeBuffer(bytes);
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(NativeBuffer buffer)
    {
        NativeBuffer? surplus = buffer.ByteCount <= LargestKept ? buffer : null;
        if (surplus is null) buffer.Dispose();
        for (int i = 0; i < _kept.Length && surplus is not null; i++) surplus = Interlocked.Exchange(ref _kept[i], surplus);
        surplus?.Dispose();
    }
}
