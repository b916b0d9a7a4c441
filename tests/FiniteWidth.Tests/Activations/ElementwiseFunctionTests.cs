using System.Numerics;
using InfiniteNtk.FiniteWidth.Activations;
using InfiniteNtk.Kernels.Duals;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Activations;

public sealed class ElementwiseFunctionTests
{
    private static readonly double[] _x = [0, 1, -1, 0.25, -0.25, 2.5, -2.5, 1e-9, -1e-9, 4, -4];

    public static IEnumerable<object[]> Numbers => Enumerable.Range(0, ActivationKinds.All.Length).Select(i => new object[] { i });

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Vectors_give_value_and_slope_of_the_activation_in_both_precisions(int number)
    {
        Activation activation = ActivationKinds.All[number];
        double[] x = [.. Enumerable.Range(0, 600).Select(i => _x[i % _x.Length] + (i < _x.Length ? 0 : 1e-3 * i * Math.Sign(_x[i % _x.Length])))];
        Check<double>(activation, x, 8e-15);
        // Not so near 0 that another formula's kink is met by rounding.
        Check<float>(activation, [.. x.Where(one => one == 0 || Math.Abs(one) > 1e-6)], 4e-6);
        if (activation is not (Exp or Elementwise or Polynomial)) CheckValues<double>(activation, [40, -40, 800, -800, double.NaN], 8e-15);
    }

    [Fact]
    public void Activations_that_are_code_run_one_by_one()
    {
        var cube = new CustomActivation("cube", x => x * x * x, x => 3 * x * x);
        Check<double>(cube, _x, 0);
        Check<float>(cube, _x, 4e-7);
    }

    private static void Check<T>(Activation activation, double[] x, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckValues<T>(activation, x, tolerance);
        T[] rounded = Array.ConvertAll(x, T.CreateTruncating), y = new T[x.Length];
        new ElementwiseFunction(activation).Slope<T>(rounded, y);
        Close(Array.ConvertAll(rounded, z => activation.Derivative(double.CreateTruncating(z))), y, tolerance);
    }

    private static void CheckValues<T>(Activation activation, double[] x, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] rounded = Array.ConvertAll(x, T.CreateTruncating), y = new T[x.Length];
        new ElementwiseFunction(activation).Value<T>(rounded, y);
        Close(Array.ConvertAll(rounded, z => activation.Value(double.CreateTruncating(z))), y, tolerance);
    }

    private static void Close<T>(double[] expected, T[] actual, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double got = double.CreateTruncating(actual[i]);
            bool close = expected[i].Equals(got) || Math.Abs(expected[i] - got) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(close, $"{i}: {expected[i]} and {got}");
        }
    }
}
