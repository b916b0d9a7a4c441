using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>The whole path of a device, with the processor behind a shim in its place.</summary>
[Collection(ShimCollection.Name)]
public class CudaNetworkTests
{
    public static IEnumerable<object[]> Kinds => LayerKinds.Names;

    [ShimTheory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_layer_gives_the_processors_results_in_double_precision(string kind)
    {
        using CudaDevice device = Shim.Open();
        DeviceChecks.LayerKind(device, kind);
    }

    [ShimTheory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_layer_gives_the_processors_results_in_single_precision(string kind)
    {
        using CudaDevice device = Shim.Open(CudaPrecision.Single);
        DeviceChecks.LayerKind(device, kind);
    }

    [ShimFact]
    public void Layers_learn_at_their_own_rates_on_a_device()
    {
        using CudaDevice device = Shim.Open();
        DeviceChecks.LearningRates(device, 1e-12);
    }

    [ShimFact]
    public void Sampling_on_a_device_gives_the_processors_statistics()
    {
        using CudaDevice device = Shim.Open();
        DeviceChecks.MonteCarlo(device, 1e-12);
    }
}
