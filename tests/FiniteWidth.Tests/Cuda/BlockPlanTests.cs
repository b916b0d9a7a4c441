using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Grams;
using InfiniteNtk.FiniteWidth.Cuda.Programs;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>How many samples a batch gets in a budget that is counted by hand.</summary>
[Collection(ShimCollection.Name)]
public sealed class BlockPlanTests
{
    private const string Asked = "Cannot test";

    /// <summary>What two registers may lose to rounding in each batch: three times four granules.</summary>
    private const long Rounding = 3 * 4 * DeviceMemory.Alignment;

    /// <summary>Ten samples of a thousand numbers, in one batch.</summary>
    private const long Budget = 8 * 10 * 1000 + Rounding;

    private static readonly DeviceProgram _program = new([2, 2], [], 1);

    [ShimFact]
    public void One_batch_takes_what_fits()
    {
        using CudaDevice device = Shim.Open(budget: Budget);
        var plan = new BlockPlan(_program, 1000);
        Assert.Equal(10, plan.OneBatch(device.Memory, 100, Asked));
        Assert.Equal(7, plan.OneBatch(device.Memory, 7, Asked));
        using DeviceBuffer used = device.Memory.Allocate(1024);
        Assert.Equal(8, plan.OneBatch(device.Memory, 100, Asked));
    }

    /// <summary>Samples against themselves are one batch as long as all fit; else, and against others, two are there at a time.</summary>
    [ShimTheory]
    [InlineData(10, null, 10)]
    [InlineData(11, null, 4)]
    [InlineData(10, 10, 4)]
    [InlineData(2, 10, 4)]
    [InlineData(3, 2, 3)]
    [InlineData(0, null, 1)]
    public void Two_batches_share_the_memory_unless_one_serves_as_both(int left, int? right, int expected)
    {
        using CudaDevice device = Shim.Open(budget: Budget);
        Assert.Equal(expected, new BlockPlan(_program, 1000).TwoBatches(device.Memory, left, right, Asked));
    }

    /// <summary>6·1000 + 6²·100 are less than 10,000 numbers, and 7·1000 + 7²·100 more; in two batches 4·2000 + 4²·100.</summary>
    [ShimFact]
    public void Blocks_of_a_result_grow_with_the_square_of_the_samples()
    {
        using CudaDevice device = Shim.Open(budget: Budget);
        var plan = new BlockPlan(_program, 1000, perPair: 100);
        Assert.Equal(6, plan.OneBatch(device.Memory, 100, Asked));
        Assert.Equal(6, plan.TwoBatches(device.Memory, 6, null, Asked));
        Assert.Equal(4, plan.TwoBatches(device.Memory, 7, null, Asked));
        Assert.Equal(5, new BlockPlan(_program, 1000, always: 5000).OneBatch(device.Memory, 100, Asked));
    }

    [ShimFact]
    public void A_budget_without_room_for_one_sample_is_refused_with_its_numbers()
    {
        using CudaDevice device = Shim.Open(budget: 8 * 1000 + Rounding);
        Assert.Equal(1, new BlockPlan(_program, 1000).OneBatch(device.Memory, 100, Asked));
        MemoryBudgetException refusal = Assert.Throws<MemoryBudgetException>(() => new BlockPlan(_program, 1000).TwoBatches(device.Memory, 3, 3, Asked));
        Assert.Contains("a batch of one sample takes 21.6 KiB", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("7.8 KiB of it for each sample", refusal.Message, StringComparison.Ordinal);
    }
}
