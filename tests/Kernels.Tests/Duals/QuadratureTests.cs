using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace InfiniteNtk.Kernels.Tests.Duals;

/// <summary>Every dual that a network has, against independent quadrature, from tiny to huge variances and to ρ = ±1.</summary>
public class QuadratureTests(ITestOutputHelper output)
{
    private const double Ulp = 2.220446049250313e-16;

    // Deviations and correlations with few bits, so that p, q and k are exact.
    private static readonly (double A, double B)[] Deviations =
    [
        (1, 1), (1.25, 0.75), (0.0009765625, 0.0009765625), (9.5367431640625e-7, 9.5367431640625e-7), (1.5, 0.0001220703125),
        (768, 1024), (3, 0.25), (4, 4),
    ];

    private static readonly double[] Correlations =
        [0, 0.5, -0.875, 0.96875, 1 - 9.5367431640625e-7, 1 - 9.094947017729282e-13, -1 + 9.094947017729282e-13, 1, -1];

    public static TheoryData<DualExample> Examples =>
        [.. DualExample.All.Where(example => example.Activation is not ExpNormalized)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Dual_agrees_with_quadrature(DualExample example)
    {
        double worst = 0;
        foreach ((double a, double b) in Deviations)
        {
            if (a * a > Math.Min(example.Oracle, example.Largest) || b * b > Math.Min(example.Oracle, example.Largest)) continue;
            DualValue<double> scale = DualLaws.Scale(example.Activation, a * a, b * b);
            foreach (double rho in Correlations)
            {
                DualValue<double> expected = PolarOracle.Dual(example.Activation, a, b, rho);
                DualValue<double> actual = DualAt.Double(example.Activation, a * a, b * b, rho * a * b);
                DualValue<double> sensitivity = Sensitivity(example.Activation, a * a, b * b, rho * a * b);
                double error = Error(expected.Kappa, actual.Kappa, scale.Kappa, sensitivity.Kappa);
                if (example.HasSlope) error = Math.Max(error, Error(expected.KappaDot, actual.KappaDot, scale.KappaDot, sensitivity.KappaDot));
                worst = Math.Max(worst, error);
                Assert.True(error <= example.Accuracy,
                    $"{example.Activation} at a={a}, b={b}, rho={rho:R}: {error:E2}; expected {expected}, received {actual}");
            }
        }

        output.WriteLine($"{example.Activation}: {worst:E2}");
    }

    // What is left of the error after four units of rounding in k, relative to the scale.
    private static double Error(double expected, double actual, double scale, double sensitivity)
    {
        double error = Math.Max(0, Math.Abs(actual - expected) - sensitivity);
        return error == 0 ? 0 : error / scale;
    }

    private static DualValue<double> Sensitivity(Activation activation, double p, double q, double k)
    {
        DualValue<double> more = DualAt.Double(activation, p, q, k * (1 + (4 * Ulp)));
        DualValue<double> less = DualAt.Double(activation, p, q, k * (1 - (4 * Ulp)));
        return new(Math.Abs(more.Kappa - less.Kappa), Math.Abs(more.KappaDot - less.KappaDot));
    }
}
