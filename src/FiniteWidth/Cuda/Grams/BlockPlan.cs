using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Programs;

namespace InfiniteNtk.FiniteWidth.Cuda.Grams;

/// <summary>How many samples a batch may have so that the work fits the device, known before anything is allocated.</summary>
/// <param name="program">The network.</param>
/// <param name="perSample">Numbers per sample of a batch.</param>
/// <param name="perPair">Numbers per pair of samples of two batches.</param>
/// <param name="always">Numbers whatever the batch.</param>
internal sealed class BlockPlan(DeviceProgram program, double perSample, double perPair = 0, double always = 0)
{
    /// <summary>What rounding each allocation up may add, per register: a value, a gradient and what is on its way to them.</summary>
    private const double RoundingBytes = 4 * DeviceMemory.Alignment;

    /// <summary>The samples of a batch of one run at a time.</summary>
    /// <exception cref="MemoryBudgetException">Not even one fits.</exception>
    public int OneBatch(DeviceMemory memory, long count, string asked) => Largest(memory, count, batches: 1, asked);

    /// <summary>The samples of each of two batches that are run against each other; all of them where one batch serves as both.</summary>
    /// <param name="memory">What is free.</param>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the same.</param>
    /// <param name="asked">What is attempted, as "Cannot …".</param>
    /// <exception cref="MemoryBudgetException">Not even one pair fits.</exception>
    public int TwoBatches(DeviceMemory memory, long left, long? right, string asked) =>
        right is null && Bytes(memory, left, batches: 1) <= memory.Budget - memory.InUse
            ? (int)Math.Max(1, left)
            : Largest(memory, Math.Max(left, right ?? left), batches: 2, asked);

    private int Largest(DeviceMemory memory, long count, int batches, string asked)
    {
        long free = memory.Budget - memory.InUse;
        if (Bytes(memory, 1, batches) > free)
        {
            throw new MemoryBudgetException(
                asked,
                $"a batch of one sample takes {Describe(Bytes(memory, 1, batches))} on the device besides {MemoryBudget.Describe(memory.InUse)} in use, "
                + $"{Describe(perSample * memory.NumberSize)} of it for each sample",
                $"{MemoryBudget.Describe(memory.Budget)} may be used there", "Use smaller widths, fewer output directions or float32, or a larger budget");
        }

        (long fits, long fails) = (1, Math.Max(count, 1) + 1);
        while (fails - fits > 1)
        {
            long middle = (fits + fails) / 2;
            if (Bytes(memory, middle, batches) <= free) fits = middle;
            else fails = middle;
        }

        return (int)Math.Min(fits, int.MaxValue);
    }

    private double Bytes(DeviceMemory memory, double samples, int batches) =>
        memory.NumberSize * (batches * samples * perSample + samples * samples * perPair + always) + batches * RoundingBytes * (program.Sizes.Count + 1);

    private static string Describe(double bytes) => MemoryBudget.Describe((long)Math.Min(bytes, long.MaxValue / 2));
}
