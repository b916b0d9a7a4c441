using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// Contributions of one or two neighbours along each of two axes, all of one weight: what pooling by twos makes of a plane. Entries are
/// found by steps instead of tables.
/// </summary>
/// <param name="across">The neighbours of the first axis.</param>
/// <param name="along">The neighbours of the last axis.</param>
/// <param name="rows">Rows of the target plane.</param>
/// <param name="columns">Entries of a row.</param>
/// <param name="length">Entries of a row of the source plane.</param>
/// <param name="withTheta">Whether Θ is mapped too.</param>
/// <param name="weight">The weight.</param>
internal readonly unsafe struct PairRows<TLane, T>(Neighbours across, Neighbours along, int rows, int columns, int length, bool withTheta, TLane weight)
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gives each target entry's sums to <paramref name="end"/>.</summary>
    public void Run<TEnd>(PlaneBlock<T> source, TEnd end) where TEnd : struct, ITransferEnd<TLane, T>
    {
        if (across.Count == 2) Run<TEnd, Yes>(source, end);
        else Run<TEnd, No>(source, end);
    }

    private void Run<TEnd, TAcross>(PlaneBlock<T> source, TEnd end) where TEnd : struct, ITransferEnd<TLane, T> where TAcross : struct, IChoice
    {
        if (along.Count == 2) Run<TEnd, TAcross, Yes>(source, end);
        else Run<TEnd, TAcross, No>(source, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Run<TEnd, TAcross, TAlong>(PlaneBlock<T> source, TEnd end)
        where TEnd : struct, ITransferEnd<TLane, T> where TAcross : struct, IChoice where TAlong : struct, IChoice
    {
        TLane factor = weight;
        nint width = (nint)length * TLane.Count, step = (nint)along.Step * TLane.Count, at = 0;
        for (int row = 0; row < rows; row++)
        {
            nint start = (across.First + row * (nint)across.Step) * width + (nint)along.First * TLane.Count;
            T* k = source.K + start, theta = source.Theta + start;
            for (int column = 0; column < columns; column++, at += TLane.Count)
            {
                end.Put(at, Sum<TAcross, TAlong>(k, width) * factor, withTheta ? Sum<TAcross, TAlong>(theta, width) * factor : default);
                k += step;
                theta += step;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Sum<TAcross, TAlong>(T* entries, nint width) where TAcross : struct, IChoice where TAlong : struct, IChoice
    {
        TLane sum = TLane.Load(in *entries);
        if (TAlong.Is) sum += TLane.Load(in entries[TLane.Count]);
        if (TAcross.Is) sum += TLane.Load(in entries[width]);
        if (TAcross.Is && TAlong.Is) sum += TLane.Load(in entries[width + TLane.Count]);
        return sum;
    }
}
