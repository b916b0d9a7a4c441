using System.Text.Json;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>Where <c>intk verify</c> samples: a GPU is used or refused, and the processor takes its place only where that was asked for.</summary>
public sealed class VerifyDeviceTests
{
    private static readonly string[] _few = ["verify", "--net", "Dense(1.2, 0.3) >> Erf >> Dense", "--widths", "4,5,6,7", "--seeds", "6", "--json"];

    /// <summary>Machines that have a GPU run on it instead.</summary>
    private static readonly CudaStatus _gpu = CudaStatus.Probe();

    [Fact]
    public void An_absent_gpu_is_refused_by_name_before_anything_is_sampled()
    {
        Outcome asked = Run([.. _few, "--device", "cuda"]);
        if (_gpu.IsUsable)
        {
            Assert.Contains("sampling on ", asked.Error, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((1, ""), (asked.Code, asked.Out));
        Assert.StartsWith("intk: Cannot use a CUDA device: ", asked.Error, StringComparison.Ordinal);
        Assert.Contains(_gpu.Problem!, asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sampling", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_takes_the_processor_in_place_of_an_absent_gpu_and_says_so()
    {
        Outcome auto = Run([.. _few, "--device", "auto"]);
        Assert.Equal(0, auto.Code);
        if (_gpu.IsUsable)
        {
            Assert.Contains("sampling on ", auto.Error, StringComparison.Ordinal);
            return;
        }

        Assert.StartsWith($"sampling on the processor: GPU none to use: {_gpu.Problem}", auto.Error, StringComparison.Ordinal);
        Assert.Equal(Kernels(Run([.. _few])), Kernels(auto));
    }

    [Fact]
    public void The_processor_is_the_default_and_says_nothing_of_a_gpu()
    {
        Outcome plain = Run([.. _few]), named = Run([.. _few, "--device", "cpu"]);
        Assert.Equal(Kernels(plain), Kernels(named));
        Assert.DoesNotContain("GPU", plain.Error + named.Error, StringComparison.Ordinal);
        Assert.NotEqual(Kernels(plain), Kernels(Run([.. _few, "--seed", "1"])));
        Assert.NotEqual(Kernels(plain), Kernels(Run([.. _few, "--weights", "orthogonal"])));
    }

    [Fact]
    public void Words_that_name_no_device_are_refused()
    {
        Outcome refused = Run([.. _few, "--device", "gpu"]);
        Assert.Equal((2, ""), (refused.Code, refused.Out));
        Assert.Contains("--device is \"gpu\", but must be cpu or cuda or auto", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>One kernel that was asked for is all that is told.</summary>
    [Theory]
    [InlineData("nngp", "ntk")]
    [InlineData("ntk", "nngp")]
    public void One_kernel_is_judged_alone(string asked, string other)
    {
        using var json = JsonDocument.Parse(Run([.. _few, "--get", asked]).Out);
        Assert.True(json.RootElement.TryGetProperty(asked, out _));
        Assert.False(json.RootElement.TryGetProperty(other, out _));
    }

    private static string Kernels(Outcome outcome)
    {
        Assert.True(outcome.Code == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Out);
        return json.RootElement.GetProperty("nngp").GetRawText() + json.RootElement.GetProperty("ntk").GetRawText();
    }
}
