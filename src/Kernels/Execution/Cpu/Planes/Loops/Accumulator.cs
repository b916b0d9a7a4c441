using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// How the planes of a register are kept while other planes are added to them. Planes that receive from a plane and from its mirror
/// image have two banks beside their own, one for either half, so that exchanging the samples exchanges two banks and no bit.
/// </summary>
/// <param name="Family">The register's planes.</param>
/// <param name="Compensated">Whether the rounding errors of the sums are carried along.</param>
/// <param name="Sided">Which planes have banks.</param>
internal sealed record AccumulatorLayout(PlaneFamily Family, bool Compensated, bool[] Sided)
{
    private readonly nint[] _bankStarts = Starts(Family, Sided);

    /// <summary>Entries of all banks, K alone, carries left out.</summary>
    public nint Area => Family.Area + 2 * _bankStarts[^1];

    /// <summary>Numbers for each lane: K and Θ, with carries.</summary>
    public nint Numbers => Area * (Compensated ? 4 : 2);

    /// <summary>Entries before a plane's bank: 0 is its own, 1 and 2 are those of either half.</summary>
    public nint StartOf(int plane, int bank) =>
        bank == 0 ? Family.StartOf(plane) : Family.Area + (bank - 1) * _bankStarts[^1] + _bankStarts[plane];

    /// <summary>The bank that receives from a plane of the given sign.</summary>
    public int BankOf(int plane, int sign) => !Sided[plane] || sign == 0 ? 0 : sign > 0 ? 1 : 2;

    private static nint[] Starts(PlaneFamily family, bool[] sided)
    {
        nint[] starts = new nint[family.Count + 1];
        for (int plane = 0; plane < family.Count; plane++)
        {
            starts[plane + 1] = starts[plane] + (sided[plane] ? family.StartOf(plane + 1) - family.StartOf(plane) : 0);
        }

        return starts;
    }
}

/// <summary>One worker's sums in the making: the planes of a register that others are added to.</summary>
internal sealed unsafe class Accumulator<T>(AccumulatorLayout layout, T* numbers, int lanes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool[] _touched = new bool[3 * layout.Family.Count];

    /// <summary>The layout.</summary>
    public AccumulatorLayout Layout => layout;

    /// <summary>Forgets all sums.</summary>
    public void Clear() => Array.Clear(_touched);

    /// <summary>Whether nothing has been added to a bank; from now on something has.</summary>
    public bool IsFirst(int plane, int bank)
    {
        ref bool touched = ref _touched[3 * plane + bank];
        bool first = !touched;
        touched = true;
        return first;
    }

    /// <summary>Asks for the sums of a bank.</summary>
    public void Fetch(int plane, int bank, bool withTheta)
    {
        // Θ lies behind K.
        Cache.FetchAll(Sums(plane, bank).K, (withTheta ? 2 : 1) * LengthOf(plane) * sizeof(T));
    }

    /// <summary>The sums of a bank.</summary>
    public PlaneBlock<T> Sums(int plane, int bank) => At(plane, bank, 0);

    /// <summary>Their carries.</summary>
    public PlaneBlock<T> Carries(int plane, int bank) => At(plane, bank, 2 * layout.Area);

    /// <summary>Puts the banks of the active planes together; a plane that nothing was added to is 0.</summary>
    public void Finish(bool[] active, bool withTheta)
    {
        for (int plane = 0; plane < active.Length; plane++)
        {
            if (!active[plane]) continue;
            int length = (int)LengthOf(plane);
            PlaneBlock<T> sums = Sums(plane, 0);
            if (IsFirst(plane, 0))
            {
                new Span<T>(sums.K, length).Clear();
                if (withTheta) new Span<T>(sums.Theta, length).Clear();
            }

            if (layout.Sided[plane]) Merge(plane, sums, length, withTheta);
        }
    }

    private void Merge(int plane, PlaneBlock<T> sums, int length, bool withTheta)
    {
        (bool one, bool other) = (_touched[3 * plane + 1], _touched[3 * plane + 2]);
        (PlaneBlock<T> first, PlaneBlock<T> second) = (Sums(plane, 1), Sums(plane, 2));
        for (int i = 0; i < length; i++)
        {
            sums.K[i] += (one ? first.K[i] : T.Zero) + (other ? second.K[i] : T.Zero);
            if (withTheta) sums.Theta[i] += (one ? first.Theta[i] : T.Zero) + (other ? second.Theta[i] : T.Zero);
        }
    }

    private PlaneBlock<T> At(int plane, int bank, nint first)
    {
        T* k = numbers + (first + 2 * layout.StartOf(plane, bank)) * lanes;
        return new PlaneBlock<T>(k, k + LengthOf(plane));
    }

    /// <summary>Numbers of a plane, K alone.</summary>
    private nint LengthOf(int plane) => (layout.Family.StartOf(plane + 1) - layout.Family.StartOf(plane)) * lanes;
}
