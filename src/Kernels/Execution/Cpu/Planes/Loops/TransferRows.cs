using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>What happens to the sum of all contributions to a target entry.</summary>
internal interface ITransferEnd<TLane, T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether an entry without contributions can be left alone.</summary>
    bool SkipsEmpty { get; }

    /// <summary>Takes the sums of K and Θ of the entry whose numbers start at <paramref name="at"/>.</summary>
    void Put(nint at, TLane k, TLane theta);
}

/// <summary>The loop of every linear map of positions: all contributions of one source plane to one target plane, entry by entry.</summary>
internal static unsafe class TransferRows<TLane, T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Contributions that are added in one chain; more are added chain by chain, which rounds less.</summary>
    private const int ChainLength = 16;

    /// <param name="blocks">The map of each axis.</param>
    /// <param name="lengths">Entries of the source plane along each axis.</param>
    /// <param name="source">The source plane.</param>
    /// <param name="withTheta">Whether Θ is mapped too.</param>
    /// <param name="scratch">For the rows that contribute.</param>
    /// <param name="end">Takes the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TEnd>(AxisBlock[] blocks, int[] lengths, PlaneBlock<T> source, bool withTheta, PlaneScratch<T> scratch, TEnd end)
        where TEnd : struct, ITransferEnd<TLane, T>
    {
        AxisBlock last = blocks[^1];
        int rows = 1, columns = last.Starts.Length - 1;
        for (int i = 0; i < blocks.Length - 1; i++) rows *= blocks[i].Starts.Length - 1;
        if (EqualWeight(blocks) is { } weight)
        {
            if (blocks is [{ Neighbours: { Count: <= 2 } across }, { Neighbours: { Count: <= 2 } along }])
            {
                var pairs = new PairRows<TLane, T>(across, along, rows, columns, lengths[1], withTheta, TLane.Of(weight));
                pairs.Run(source, end);
                return;
            }

            Run(blocks, lengths, source, withTheta, scratch, end, rows, TLane.Of(weight));
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            int count = FindRows(blocks, lengths, row, scratch);
            if (count == 0 && end.SkipsEmpty) continue;
            for (int column = 0; column < columns; column++)
            {
                int first = last.Starts[column], stop = last.Starts[column + 1];
                if (first == stop && end.SkipsEmpty) continue;
                TLane k = TLane.Of(0), theta = k;
                for (int i = 0; i < count; i++)
                {
                    TLane rowWeight = TLane.Of(scratch.Weights[i]);
                    nint start = scratch.Rows[i] * TLane.Count;
                    k = TLane.MultiplyAdd(rowWeight, Sum(source.K + start, last, first, stop), k);
                    if (withTheta) theta = TLane.MultiplyAdd(rowWeight, Sum(source.Theta + start, last, first, stop), theta);
                }

                end.Put(((nint)row * columns + column) * TLane.Count, k, theta);
            }
        }
    }

    /// <summary>Few contributions of one weight: they are added, and the sum is weighted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TEnd>(
        AxisBlock[] blocks, int[] lengths, PlaneBlock<T> source, bool withTheta, PlaneScratch<T> scratch, TEnd end, int rows, TLane weight)
        where TEnd : struct, ITransferEnd<TLane, T>
    {
        int[] starts = blocks[^1].Starts, sources = blocks[^1].Sources;
        for (int row = 0; row < rows; row++)
        {
            int count = FindRows(blocks, lengths, row, scratch);
            if (count == 0 && end.SkipsEmpty) continue;
            nint at = (nint)row * (starts.Length - 1) * TLane.Count;
            for (int column = 0; column < starts.Length - 1; column++, at += TLane.Count)
            {
                int first = starts[column], stop = starts[column + 1];
                if (first == stop && end.SkipsEmpty) continue;
                TLane k = TLane.Of(0), theta = k;
                for (int i = 0; i < count; i++)
                {
                    for (int entry = first; entry < stop; entry++)
                    {
                        nint from = (scratch.Rows[i] + sources[entry]) * TLane.Count;
                        k += TLane.Load(in source.K[from]);
                        if (withTheta) theta += TLane.Load(in source.Theta[from]);
                    }
                }

                end.Put(at, k * weight, theta * weight);
            }
        }
    }

    /// <summary>The weight that all contributions have, if at most <see cref="ChainLength"/> of them go to an entry.</summary>
    private static double? EqualWeight(AxisBlock[] blocks)
    {
        double weight = 1;
        int most = 1;
        foreach (AxisBlock block in blocks)
        {
            if (block.Weight is not { } own) return null;
            weight *= own;
            most *= block.Most;
        }

        return most <= ChainLength ? weight : null;
    }

    /// <summary>The largest number of rows that contribute to one row.</summary>
    public static int MostRows(IEnumerable<AxisBlock> leading) => leading.Aggregate(1, (product, block) => product * block.Most);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Sum(T* row, AxisBlock block, int first, int stop)
    {
        TLane total = TLane.Of(0);
        while (first < stop)
        {
            int end = Math.Min(stop, first + ChainLength);
            TLane chain = TLane.Of(0);
            for (; first < end; first++)
            {
                chain = TLane.MultiplyAdd(TLane.Of(block.Weights[first]), TLane.Load(in row[(nint)block.Sources[first] * TLane.Count]), chain);
            }

            total += chain;
        }

        return total;
    }

    /// <summary>Where the source rows that contribute to a target row start, in entries, and their weights.</summary>
    private static int FindRows(AxisBlock[] blocks, int[] lengths, int row, PlaneScratch<T> scratch)
    {
        int count = 1;
        for (int i = blocks.Length - 2, rest = row; i >= 0; i--)
        {
            int extent = blocks[i].Starts.Length - 1, at = rest % extent;
            count *= blocks[i].Starts[at + 1] - blocks[i].Starts[at];
            rest /= extent;
        }

        for (int combination = 0; combination < count; combination++)
        {
            nint start = 0, stride = lengths[^1];
            double weight = 1;
            for (int i = blocks.Length - 2, rest = row, choice = combination; i >= 0; i--)
            {
                AxisBlock block = blocks[i];
                int extent = block.Starts.Length - 1, at = rest % extent;
                int choices = block.Starts[at + 1] - block.Starts[at], entry = block.Starts[at] + choice % choices;
                start += block.Sources[entry] * stride;
                weight *= block.Weights[entry];
                (rest, choice, stride) = (rest / extent, choice / choices, stride * lengths[i]);
            }

            (scratch.Rows[combination], scratch.Weights[combination]) = (start, weight);
        }

        return count;
    }
}
