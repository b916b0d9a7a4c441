using InfiniteNtk.FiniteWidth.Cuda.Native;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>Devices that are absent, too small or vanish: one clear message, and never the processor in their place.</summary>
[Collection(ShimCollection.Name)]
public class CudaFailureTests
{
    private const int DeviceUnavailable = 46, LaunchFailed = 719;

    [Fact]
    public void Without_libraries_the_missing_one_is_named_and_where_to_put_it()
    {
        string empty = Directory.CreateTempSubdirectory().FullName;
        DeviceException refusal = Assert.Throws<DeviceException>(() => CudaDevice.Open(CudaLibraries.In(empty)));
        Assert.Contains("libcuda.so.1 not found", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(LibrarySearch.Variable, refusal.Remedy, StringComparison.Ordinal);
        CudaStatus status = CudaStatus.Of(CudaLibraries.In(empty));
        Assert.False(status.IsUsable);
        Assert.All(status.Parts, part => Assert.False(part.IsFound));
        Assert.Contains("libcuda.so.1 not found", status.Summary, StringComparison.Ordinal);
        Directory.Delete(empty);
    }

    [ShimFact]
    public void Without_a_device_the_drivers_answer_is_told()
    {
        Shim.Reset(devices: 0);
        DeviceException refusal = Assert.Throws<DeviceException>(() => CudaDevice.Open(Shim.Libraries));
        Assert.Contains("CUDA_ERROR_NO_DEVICE", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("CUDA_ERROR_NO_DEVICE", CudaStatus.Of(Shim.Libraries).Summary, StringComparison.Ordinal);
    }

    [ShimFact]
    public void A_device_that_is_there_is_described()
    {
        Shim.Reset();
        CudaStatus status = CudaStatus.Of(Shim.Libraries);
        Assert.True(status.IsUsable);
        Assert.Contains("the processor behind a shim", status.Summary, StringComparison.Ordinal);
        Assert.Equal(["driver", "NVRTC", "cuBLAS"], status.Parts.Select(part => part.Name));
        Assert.All(status.Parts, part => Assert.True(part.IsFound));
    }

    [ShimFact]
    public void A_device_of_another_number_is_refused()
    {
        Shim.Reset();
        Assert.Contains("device 1 was asked for", Assert.Throws<DeviceException>(() => CudaDevice.Open(Shim.Libraries, 1)).Message, StringComparison.Ordinal);
    }

    [ShimFact]
    public void Weights_that_do_not_fit_are_refused_before_anything_is_allocated()
    {
        using CudaDevice device = Shim.Open(budget: 1_000_000);
        MemoryBudgetException refusal = Assert.Throws<MemoryBudgetException>(
            () => CudaNetwork.Sample(device, Dense(1, width: 1000) >> Relu >> Dense(1, width: 1000), SampleShape.Features(10), 1));
        Assert.Contains("1010000 parameters take 7.7 MiB", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (Shim.Allocations, Shim.Launches));
    }

    /// <summary>Whatever the budget: the right result, or a refusal that says what one sample takes, before anything runs.</summary>
    [ShimTheory]
    [InlineData("layer norm", 7, 400_000)]
    [InlineData("product", 7, 400_000)]
    [InlineData("flatten", 7, 400_000)]
    [InlineData("conv circular", 7, 400_000)]
    [InlineData("average pool", 7, 400_000)]
    [InlineData("positions", 16, 1_000_000)]
    [InlineData("conv standard", 40, 3_000_000)]
    public void Any_budget_gives_the_result_or_is_refused_in_advance(string kind, int count, long largest)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples samples = LayerKinds.Inputs(kind, count, 1);
        int refused = 0, computed = 0;
        for (long budget = largest; budget > largest / 1000; budget = budget * 2 / 3)
        {
            using CudaDevice device = Shim.Open(budget: budget);
            try
            {
                using CudaNetwork onDevice = CudaNetwork.From(device, network);
                DeviceChecks.Kernels(network, onDevice, samples, samples, 1e-12);
                DeviceChecks.Close(network.Outputs(samples), onDevice.Outputs(samples), 1e-12);
                computed++;
            }
            catch (MemoryBudgetException refusal)
            {
                Assert.Matches("a batch of one sample takes|parameters take", refusal.Message);
                refused++;
            }

            Assert.InRange(device.Memory.Peak, 0, budget);
            Assert.Equal(0, device.Memory.InUse);
        }

        Assert.True(computed > 2 && refused > 1, $"{computed} computed, {refused} refused");
    }

    [ShimFact]
    public void Memory_that_others_took_is_told_and_nothing_leaks()
    {
        using CudaDevice device = Shim.Open(budget: 1L << 30, memory: 300_000);
        using CudaNetwork network = CudaNetwork.Sample(device, Dense(1, width: 64) >> Relu >> Dense(1, width: 64), SampleShape.Features(4), 1);
        long before = device.Memory.InUse;
        using Samples many = Points(500);
        MemoryBudgetException refusal = Assert.Throws<MemoryBudgetException>(() => network.Nngp(many));
        Assert.Contains("were refused while", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, device.Memory.InUse);
        using Samples few = Points(5);
        network.Nngp(few).Dispose();
    }

    /// <summary>The device vanishes at every possible moment.</summary>
    [ShimTheory]
    [InlineData(DeviceUnavailable)]
    [InlineData(LaunchFailed)]
    public void A_device_that_vanishes_gives_one_message_and_is_not_used_again(int code)
    {
        using Samples samples = Points(3);
        bool finished = false;
        for (int calls = 1; !finished; calls++)
        {
            CudaDevice device = Shim.Open();
            Shim.FailAfter(calls, code);
            try
            {
                using CudaNetwork network = CudaNetwork.Sample(device, Dense(1, 0.1, width: 4) >> LayerNorm() >> Relu >> Dense(1, width: 2), samples.Shape, 1);
                network.Nngp(samples).Dispose();
                network.Ntk(samples, null, OutputDirections.Full).Dispose();
                finished = true;
            }
            catch (DeviceException failure)
            {
                Assert.Matches("the device answered CUDA_ERROR_(DEVICE_UNAVAILABLE|LAUNCH_FAILED)|cuBLAS answered", failure.Message);
                DeviceException again = Assert.Throws<DeviceException>(
                    () => CudaNetwork.Sample(device, Dense(1, width: 4), samples.Shape, 1));
                Assert.Equal(failure.Message, again.Message);
            }

            device.Dispose();
            Assert.Equal((0, 0), (Shim.Allocations, Shim.Corrupted));
            Assert.True(calls < 2000);
        }
    }

    [ShimTheory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_sample_and_one_sample_are_samples_too(int count)
    {
        using CudaDevice device = Shim.Open();
        FiniteNetwork<double> expected = LayerKinds.Sample("layer norm");
        using CudaNetwork network = CudaNetwork.From(device, expected);
        using Samples left = LayerKinds.Inputs("layer norm", count, 1);
        using Samples right = LayerKinds.Inputs("layer norm", 2, 2);
        DeviceChecks.Kernels(expected, network, left, right, 1e-12);
        DeviceChecks.Kernels(expected, network, right, left, 1e-12);
        DeviceChecks.Close(expected.Outputs(left), network.Outputs(left), 1e-12);
    }

    [ShimFact]
    public void Mistakes_in_shapes_are_refused_as_on_the_processor()
    {
        using CudaDevice device = Shim.Open();
        using CudaNetwork network = CudaNetwork.Sample(device, Dense(1, width: 4), SampleShape.Features(3), 1);
        using Samples samples = Points(2);
        Assert.Throws<ShapeMismatchException>(() => network.Outputs(samples));
        Assert.Throws<ShapeMismatchException>(() => network.Ntk(samples));
        Assert.Throws<InvalidArgumentException>(() => CudaNetwork.Sample(device, Dense(1), SampleShape.Features(3), 1));
    }

    [ShimFact]
    public void An_activation_given_as_code_is_refused_by_name()
    {
        using CudaDevice device = Shim.Open();
        InvalidArgumentException refusal = Assert.Throws<InvalidArgumentException>(() => CudaNetwork.Sample(
            device, Dense(1, width: 4) >> Apply(new InfiniteNtk.CustomActivation("mine", x => x, _ => 1)), SampleShape.Features(3), 1));
        Assert.Contains("the activation mine has no formula", refusal.Message, StringComparison.Ordinal);
    }

    private static Samples Points(int count)
    {
        var points = new double[count, 4];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 4; k++) points[i, k] = Math.Sin(i + 2.5 * k);
        }

        return Samples.FromRows(points);
    }
}
