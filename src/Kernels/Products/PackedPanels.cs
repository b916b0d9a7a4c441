using System.Numerics;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Products;

/// <summary>
/// Vectors of one length, laid out for <see cref="PanelProduct"/>: panels of <see cref="Width"/> vectors (three cache lines of
/// numbers), within a panel position after position, vectors side by side. Missing vectors of the last panel are zero.
/// </summary>
/// <remarks>
/// One layout serves both sides of a product and every processor: a kernel reads a whole panel, half of it, or the few vectors
/// of one cache line.
/// </remarks>
internal sealed unsafe class PackedPanels<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer _buffer;
    private readonly bool _owned;

    /// <summary>Room for <paramref name="count"/> vectors of <paramref name="length"/> numbers, of unspecified content.</summary>
    public PackedPanels(nint count, nint length) : this(count, length, new NativeBuffer(BytesFor(count, length))) => _owned = true;

    /// <summary>The same in memory of the caller's, who frees it.</summary>
    public PackedPanels(nint count, nint length, NativeBuffer buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.ByteCount, BytesFor(count, length));
        (Count, Length, _buffer) = (count, length, buffer);
    }

    /// <summary>Vectors in a panel: 24 doubles or 48 floats.</summary>
    public static int Width => 192 / sizeof(T);

    /// <summary>Number of vectors.</summary>
    public nint Count { get; }

    /// <summary>Number of vectors with those of zeros that complete the last panel.</summary>
    public nint PaddedCount => Panels(Count) * Width;

    /// <summary>Numbers in a vector.</summary>
    public nint Length { get; }

    /// <summary>Bytes that a packing takes.</summary>
    public static nint BytesFor(nint count, nint length) => checked(Panels(count) * Width * length * sizeof(T));

    /// <summary>Number of panels that <paramref name="count"/> vectors fill.</summary>
    public static nint Panels(nint count) => (count + Width - 1) / Width;

    /// <summary>One number of one vector; <see cref="Width"/> numbers on is the vector's next.</summary>
    public T* At(nint vector, nint position) => (T*)_buffer.Pointer + (vector / Width * Length + position) * Width + vector % Width;

    /// <summary>
    /// Packs the rows of <paramref name="source"/> as the vectors from <paramref name="first"/> on, a multiple of
    /// <see cref="Width"/>; zeros complete the last panel touched.
    /// </summary>
    public void PackRows<TSource>(nint first, MatrixView<TSource> source) where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
    {
        Pack(first, source.Origin, source.Rows, source.Columns, source.Stride, 1);
        source.KeepAlive();
    }

    /// <summary>Packs the columns of <paramref name="source"/>, otherwise like <see cref="PackRows"/>.</summary>
    public void PackColumns<TSource>(nint first, MatrixView<TSource> source) where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
    {
        Pack(first, source.Origin, source.Columns, source.Rows, 1, source.Stride);
        source.KeepAlive();
    }

    public void Dispose()
    {
        if (_owned) _buffer.Dispose();
    }

    private void Pack<TSource>(nint first, TSource* source, nint vectors, nint length, nint vectorStride, nint stride)
        where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(length, Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first % Width, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + vectors, Count);
        for (nint vector = 0; vector < vectors; vector += Width)
        {
            int present = (int)Math.Min(Width, vectors - vector);
            PackPanel(At(first + vector, 0), source + vector * vectorStride, present, vectorStride, stride);
        }
    }

    private void PackPanel<TSource>(T* panel, TSource* source, int present, nint vectorStride, nint stride)
        where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
    {
        nint packed = typeof(T) == typeof(TSource) && present == Width ? PackWhole(panel, (T*)source, vectorStride, stride) : 0;
        for (nint position = packed; position < Length; position++)
        {
            T* target = panel + position * Width;
            TSource* from = source + position * stride;
            for (int i = 0; i < present; i++) target[i] = T.CreateTruncating(from[i * vectorStride]);
            for (int i = present; i < Width; i++) target[i] = T.Zero;
        }
    }

    /// <summary>A panel without missing vectors, a cache line of each at a time; returns up to which position.</summary>
    private nint PackWhole(T* panel, T* source, nint vectorStride, nint stride)
    {
        int line = Transposition.Size<T>();
        nint position = 0;
        if (vectorStride == 1)
        {
            for (; position < Length; position++) new Span<T>(source + position * stride, Width).CopyTo(new Span<T>(panel + position * Width, Width));
        }
        else if (stride == 1)
        {
            for (; position + line <= Length; position += line)
            {
                for (int i = 0; i < Width; i += line)
                {
                    Transposition.Block(source + i * vectorStride + position, vectorStride, panel + position * Width + i, Width, false);
                }
            }
        }

        return position;
    }
}
