using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InfiniteNtk.Kernels.Lanes;

/// <summary>
/// The counter-based generator Philox4x32-10 for 32 consecutive counters at once, each 32-bit word in a 64-bit place: the same bits
/// as word by word. Four vectors of eight in turn, since each is one chain of operations that wait for each other.
/// </summary>
/// <remarks>J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.</remarks>
internal static class PhiloxLanes
{
    /// <summary>Counters at once.</summary>
    public const int Count = 4 * Group;

    /// <summary>Counters in a vector.</summary>
    public const int Group = 8;

    private const ulong Multiplier0 = 0xD2511F53;
    private const ulong Multiplier1 = 0xCD9E8D57;
    private const ulong Weyl0 = 0x9E3779B9;
    private const ulong Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>
    /// The words of the counters (first … first + 31, c1, c2, c3). For each group of eight counters: w₀ and w₂ of the counters
    /// 0, 4, 1, 5, 2, 6, 3, 7 in turn, then w₁ and w₃ likewise; <see cref="BoxMullerLanes.Store"/> undoes that order.
    /// </summary>
    /// <param name="first">The lowest counter word of the first block; it wraps around.</param>
    /// <param name="c1">The second counter word.</param>
    /// <param name="c2">The third.</param>
    /// <param name="c3">The highest.</param>
    /// <param name="key">The key.</param>
    /// <param name="words">Room for 128 words.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Words(uint first, uint c1, uint c2, uint c3, ulong key, ref uint words)
    {
        ulong k0 = (uint)key, k1 = key >> 32;
        var beginning = new Beginning(c1, c2, c3, k0, k1);
        State x = beginning.Of(first), y = beginning.Of(first + Group), z = beginning.Of(first + 2 * Group), w = beginning.Of(first + 3 * Group);
        Vector512<ulong> even = Vector512.Create(k0 + 2 * Weyl0), odd = Vector512.Create(k1 + 2 * Weyl1);
        for (int round = 2; round < Rounds; round++)
        {
            x = Round(x, even, odd);
            y = Round(y, even, odd);
            z = Round(z, even, odd);
            w = Round(w, even, odd);
            even += Vector512.Create(Weyl0);
            odd += Vector512.Create(Weyl1);
        }

        Write(x, ref words);
        Write(y, ref Unsafe.Add(ref words, 4 * Group));
        Write(z, ref Unsafe.Add(ref words, 8 * Group));
        Write(w, ref Unsafe.Add(ref words, 12 * Group));
    }

    /// <summary>Only the low half of a place counts: the products read nothing else, and the shifts clear it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static State Round(State x, Vector512<ulong> k0, Vector512<ulong> k1)
    {
        Vector512<ulong> p0 = Multiply(Vector512.Create(Multiplier0), x.C0), p1 = Multiply(Vector512.Create(Multiplier1), x.C2);
        return new((p1 >>> 32) ^ x.C1 ^ k0, p1, (p0 >>> 32) ^ x.C3 ^ k1, p0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(State x, ref uint words)
    {
        Halves(x.C0, x.C2).StoreUnsafe(ref words);
        Halves(x.C1, x.C3).StoreUnsafe(ref Unsafe.Add(ref words, 2 * Group));
    }

    /// <summary>The low half of each place of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Halves(Vector512<ulong> low, Vector512<ulong> high) => (Low(low) | (high << 32)).AsUInt32();

    /// <summary>The 64-bit products of the low halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> a, Vector512<ulong> b)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
        if (!Avx2.IsSupported) return Low(a) * Low(b);
        return Vector512.Create(
            Avx2.Multiply(a.GetLower().AsUInt32(), b.GetLower().AsUInt32()), Avx2.Multiply(a.GetUpper().AsUInt32(), b.GetUpper().AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Low(Vector512<ulong> words) => words & Vector512.Create(0xFFFFFFFFUL);

    /// <summary>The four words of eight counters.</summary>
    private readonly record struct State(Vector512<ulong> C0, Vector512<ulong> C1, Vector512<ulong> C2, Vector512<ulong> C3);

    /// <summary>The first two rounds: while three of the counter's words are the same everywhere, so is half of what a round does.</summary>
    private readonly struct Beginning
    {
        private readonly Vector512<ulong> _first2, _second0, _second2, _second3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Beginning(uint c1, uint c2, uint c3, ulong k0, ulong k1)
        {
            ulong p1 = Multiplier1 * c2;
            ulong p0 = Multiplier0 * (uint)((p1 >> 32) ^ c1 ^ k0);
            _first2 = Vector512.Create(c3 ^ k1);
            _second0 = Vector512.Create(p1 ^ (k0 + Weyl0));
            _second2 = Vector512.Create((p0 >> 32) ^ (k1 + Weyl1));
            _second3 = Vector512.Create(p0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public State Of(uint first)
        {
            Vector512<ulong> counters = Vector512.Create(0UL, 4, 1, 5, 2, 6, 3, 7) + Vector512.Create((ulong)first);
            Vector512<ulong> p0 = Multiply(Vector512.Create(Multiplier0), counters);
            Vector512<ulong> p1 = Multiply(Vector512.Create(Multiplier1), (p0 >>> 32) ^ _first2);
            return new((p1 >>> 32) ^ _second0, p1, p0 ^ _second2, _second3);
        }
    }
}
