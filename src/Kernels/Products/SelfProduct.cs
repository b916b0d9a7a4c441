using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Products;

/// <summary>
/// Squared lengths of packed vectors, ⟨x, x⟩, in time proportional to their number: the lanes run across vectors, each with the
/// chain of <see cref="PanelProduct"/>, so that the bits are those of the entry (x, x) of a whole product.
/// </summary>
internal static unsafe class SelfProduct
{
    /// <summary>
    /// target[i] ← ⟨x, x⟩ of vector <paramref name="first"/> + i, for whole lanes: <paramref name="count"/> and
    /// <paramref name="first"/> are multiples of the lane count.
    /// </summary>
    public static void Write<TLane, T>(PackedPanels<T> vectors, nint first, nint count, T* target)
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (nint i = 0; i < count; i += TLane.Count)
        {
            TLane sum = TLane.Of(0);
            for (nint start = 0; start < vectors.Length; start += PanelProduct.BlockLength)
            {
                sum += Chain<TLane, T>(vectors.At(first + i, start), Math.Min(PanelProduct.BlockLength, vectors.Length - start));
            }

            TLane.Store(sum, ref target[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Chain<TLane, T>(T* from, nint length)
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLane sum = TLane.Of(0);
        for (T* end = from + length * PackedPanels<T>.Width; from < end; from += PackedPanels<T>.Width)
        {
            TLane x = TLane.Load(in *from);
            sum = TLane.MultiplyAdd(x, x, sum);
        }

        return sum;
    }
}
