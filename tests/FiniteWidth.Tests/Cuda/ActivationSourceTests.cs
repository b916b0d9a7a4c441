using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Sources;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Duals.Expressions;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>The sources of all activations against the activations' own functions, run on the processor.</summary>
[Collection(ShimCollection.Name)]
public class ActivationSourceTests
{
    private static readonly Activation[] All = ActivationKinds.All;

    public static IEnumerable<object[]> Numbers => Enumerable.Range(0, All.Length).Select(i => new object[] { i, All[i].ToString() });

    [Fact]
    public void Every_activation_of_the_catalogue_is_here()
    {
        // No network has it: the processor refuses its value too.
        string[] withoutNetwork = ["ExpNormalized"];
        Assert.Empty(ActivationCatalog.All.Select(row => row.Name).Except(All.Select(one => one.GetType().Name)).Except(withoutNetwork));
    }

    [Fact]
    public void Every_function_of_formulas_has_a_source()
    {
        foreach (string name in Primitive.Names)
        {
            Assert.Contains("return", FormulaSource.Body(new Expression.Call(Primitive.Find(name)!, [new Expression.Variable(), new Expression.Variable()])), StringComparison.Ordinal);
        }
    }

    /// <summary>All of them, each with a kernel that gives value and slope: one compilation.</summary>
    internal static KernelSource Source => new("all activations", KernelSource.File("prelude") + KernelSource.File("elementwise")
        + string.Concat(All.Select((activation, i) => ActivationSource.Functions(activation, $"{i}")
            + $"extern \"C\" __global__ void run{i}(real* y, real* dy, const real* x, whole count)\n"
            + $"{{\n    EACH(k, count)\n    {{\n        y[k] = value{i}(x[k]);\n        dy[k] = slope{i}(x[k]);\n    }}\n}}\n\n")));

    [ShimTheory]
    [MemberData(nameof(Numbers))]
    public void A_source_gives_value_and_slope(int number, string name)
    {
        Activation activation = All[number];
        Assert.Equal(name, activation.ToString());
        Check(number, [0, 1, -1, 0.3, -0.3, 2.5, -2.5, 1e-9, -1e-9, 4, -4], slopes: true);
        if (activation is not (Exp or Elementwise or Polynomial)) Check(number, [40, -40, 800, -800, double.NaN], slopes: false);
    }

    private static void Check(int number, double[] x, bool slopes)
    {
        using CudaDevice device = Shim.Open();
        device.Enter();
        using DeviceBuffer z = device.Memory.Upload(x);
        using DeviceBuffer y = device.Memory.Allocate(x.Length);
        using DeviceBuffer dy = device.Memory.Allocate(x.Length);
        device.Module(Source).ForEach(x.Length, $"run{number}", y, dy, z, (long)x.Length);
        Close(Array.ConvertAll(x, All[number].Value), device.Memory.Download(y));
        if (slopes) Close(Array.ConvertAll(x, All[number].Derivative), device.Memory.Download(dy));
    }

    private static void Close(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= 4e-15 * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(close, $"{i}: {expected[i]} and {actual[i]}");
        }
    }
}
