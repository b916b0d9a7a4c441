using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>The same checks on a CUDA device where there is one; docs/gpu.md has the command.</summary>
[Trait("Category", "Gpu")]
public class GpuTests
{
    [DeviceFact]
    public void Every_kind_of_layer_gives_the_processors_results_in_double_precision() => EveryKind(CudaPrecision.Double);

    [DeviceFact]
    public void Every_kind_of_layer_gives_the_processors_results_in_single_precision() => EveryKind(CudaPrecision.Single);

    [DeviceFact]
    public void A_wide_network_gives_the_processors_kernels()
    {
        foreach ((CudaPrecision precision, double tolerance) in (ReadOnlySpan<(CudaPrecision, double)>)[(CudaPrecision.Double, 1e-11), (CudaPrecision.Single, 1e-4)])
        {
            using CudaDevice device = CudaDevice.Open(0, new() { Precision = precision });
            FiniteNetwork<double> expected = FiniteNetwork.Sample(
                Dense(1.4, 0.1, width: 700) >> Relu >> Dense(1.4, 0.1, width: 900) >> LayerNorm() >> Gelu >> Dense(1, 0.2, width: 8), SampleShape.Features(50), 5);
            using CudaNetwork network = CudaNetwork.Sample(device, expected.Network, expected.Input, 5);
            using Samples left = Points(40, 50);
            using Samples right = Points(33, 50);
            DeviceChecks.Kernels(expected, network, left, right, tolerance);
        }
    }

    [DeviceFact]
    public void Sampling_on_the_device_gives_the_processors_statistics()
    {
        using CudaDevice device = CudaDevice.Open(0, new() { Precision = CudaPrecision.Double });
        DeviceChecks.MonteCarlo(device, 1e-11);
    }

    private static void EveryKind(CudaPrecision precision)
    {
        using CudaDevice device = CudaDevice.Open(0, new() { Precision = precision });
        foreach (object[] kind in LayerKinds.Names) DeviceChecks.LayerKind(device, (string)kind[0]);
    }

    private static Samples Points(int count, int features)
    {
        var points = new double[count, features];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < features; k++) points[i, k] = Math.Sin(i * 1.7 + 2.5 * k);
        }

        return Samples.FromRows(points);
    }
}
