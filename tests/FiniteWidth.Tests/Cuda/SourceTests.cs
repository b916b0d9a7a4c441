using InfiniteNtk.FiniteWidth.Cuda.Native;
using InfiniteNtk.FiniteWidth.Cuda.Sources;
using InfiniteNtk.Kernels.Duals;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>Sources that are written, and what NVRTC says about them where it is installed.</summary>
public class SourceTests
{
    [Fact]
    public void A_value_that_is_used_twice_is_computed_once()
    {
        var x = new SourceTerm("x");
        var square = new SourceTerm("{0} * {0}", x);
        string[] lines = SourceTerm.Statements(("return", new SourceTerm("{0} + {1}", square, new SourceTerm("{0} * {1}", square, x)))).TrimEnd().Split('\n');
        Assert.Equal(["const auto t1 = x * x;", "const auto t2 = t1 * x;", "const auto t3 = t1 + t2;", "return t3;"], lines.Select(line => line.Trim()));
    }

    [Fact]
    public void Numbers_are_written_with_every_digit()
    {
        Assert.Contains("(float)-1.3862943611198906", BoxMullerSource.Text, StringComparison.Ordinal);
        Assert.Equal("    return (real)3.0;", SourceTerm.Statements(("return", SourceTerm.Number(3, "real"))).TrimEnd());
    }

    [NvrtcFact]
    public void All_sources_compile_for_old_new_and_future_devices()
    {
        Nvrtc compiler = CudaLibraries.Installed.Compiler!;
        KernelSource[] sources = [KernelSource.Signals, KernelSource.Random, ActivationSource.Of(new Relu()), ActivationSourceTests.Source];
        foreach (KernelSource source in sources)
        {
            foreach (CudaPrecision precision in Enum.GetValues<CudaPrecision>())
            {
                foreach (int architecture in (int[])[compiler.Architectures.First(one => one >= 60), compiler.Architectures[^1], 999])
                {
                    Assert.NotEmpty(compiler.Compile(source.Name, source.Text, architecture, KernelSource.OptionsFor(precision)));
                }
            }
        }
    }

    [NvrtcFact]
    public void A_source_with_a_mistake_is_refused_with_the_compilers_log()
    {
        DeviceException refusal = Assert.Throws<DeviceException>(
            () => CudaLibraries.Installed.Compiler!.Compile("wrong", "__global__ void f() { undeclared(); }", 80));
        Assert.Contains("undeclared", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<DeviceException>(() => CudaLibraries.Installed.Compiler!.Compile("old", "", 10));
    }
}
