using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Products;

/// <summary>
/// Memory for packed panels, kept from one product to the next: fresh memory costs more to touch first than to fill.
/// </summary>
/// <param name="most">Buffers that are kept at most: as many as are in use at once.</param>
/// <param name="largest">Bytes of the largest buffer that is kept.</param>
internal sealed class PanelMemory(int most, nint largest)
{
    private readonly NativeBuffer?[] _kept = new NativeBuffer?[most];

    /// <summary>A buffer of at least so many bytes: a kept one that is large enough, else a new one.</summary>
    public NativeBuffer Rent(nint bytes)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.Exchange(ref _kept[i], null) is not { } kept) continue;
            if (kept.ByteCount >= bytes) return kept;
            kept.Dispose();
        }

        return new NativeBuffer(bytes);
    }

    /// <summary>Takes a buffer back. Where too many are kept, the one that came back longest ago goes.</summary>
    public void Return(NativeBuffer buffer)
    {
        NativeBuffer? surplus = buffer.ByteCount <= largest ? buffer : null;
        if (surplus is null) buffer.Dispose();
        for (int i = 0; i < _kept.Length && surplus is not null; i++) surplus = Interlocked.Exchange(ref _kept[i], surplus);
        surplus?.Dispose();
    }
}
