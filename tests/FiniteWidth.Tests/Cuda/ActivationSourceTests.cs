using InfiniteNtk.FiniteWidth.Cuda;
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
    private static readonly Activation[] All =
    [
        new Relu(), new LeakyRelu(0.2), new AbRelu(-0.3, 1.4), new Abs(), new Sign(), new Erf(1.3, 0.7, -0.2), new SigmoidLike(), new Gelu(),
        new Sin(1.2, 0.8, 0.3), new Cos(1.2, -0.8, 0.3), new Rbf(0.7), new Exp(0.9, 0.4), new Gaussian(1.1, -0.6), new Gabor(),
        new Hermite(0), new Hermite(1), new Hermite(5), new Monomial(0), new Monomial(1), new Monomial(3), new Monomial(20),
        new RectifiedMonomial(0), new RectifiedMonomial(1), new RectifiedMonomial(2), new Polynomial([0.5, -1, 0, 2]), new Polynomial([3]),
        new Tanh(), new Sigmoid(), new Softplus(), new Swish(), new Elu(), new Selu(),
        new Elementwise("x*sigmoid(1.702*x)"), new Elementwise("max(x, 0.1*x)^2 - min(1, exp(-abs(x)))/(1 + x^2)"),
        new Elementwise("log(2 + sin(x)) + sqrt(1 + x^2) + (2 + tanh(x))^-2 + 2^x + softplus(x)*erf(x) + relu(x)*cos(pi*x) - e"),
    ];

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
        + string.Concat(All.Select((activation, i) => ActivationFormula.Functions(activation, $"{i}")
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
