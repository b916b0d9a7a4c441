using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace InfiniteNtk.Kernels.Tests.Duals;

/// <summary>One formula, four lanes: vectors give the scalar's bits, single precision stays within its bound.</summary>
public class DualLaneTests(ITestOutputHelper output)
{
    private static readonly double[] Special = [0, 1e-320, 1e-300, 1e300, double.NaN, double.PositiveInfinity];

    public static TheoryData<DualExample> ClosedForms =>
        [.. DualExample.All.Where(example => example.Activation.Open(new IsClosedForm()))];

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Vector_dual_equals_the_scalar_dual_bit_for_bit(DualExample example)
    {
        var random = new Random(7);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] p = new double[16], q = new double[16], k = new double[16];
            for (int i = 0; i < 16; i++)
            {
                p[i] = Variance(random, example.Largest);
                q[i] = random.Next(4) == 0 ? p[i] : Variance(random, example.Largest);
                double rho = random.Next(4) == 0 ? 1 : (2 * random.NextDouble()) - 1;
                k[i] = rho * Math.Sqrt(p[i]) * Math.Sqrt(q[i]);
            }

            DualValue<double>[] wide = DualAt.Double512(example.Activation, p, q, k);
            DualValue<float>[] wideSingle = DualAt.Single512(
                example.Activation, [.. p.Select(x => (float)x)], [.. q.Select(x => (float)x)], [.. k.Select(x => (float)x)]);
            for (int i = 0; i < 16; i++)
            {
                if (i < 8) Assert.Equal(Bits(DualAt.Double(example.Activation, p[i], q[i], k[i])), Bits(wide[i]));
                Assert.Equal(Bits(DualAt.Single(example.Activation, (float)p[i], (float)q[i], (float)k[i])), Bits(wideSingle[i]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ClosedForms))]
    public void Single_precision_stays_within_its_bound_of_double_precision(DualExample example)
    {
        var random = new Random(11);
        double worst = 0;
        double worstNear = 0;
        double largest = Math.Min(example.Largest, 10);
        for (int trial = 0; trial < 4000; trial++)
        {
            float p = (float)(largest * Math.Pow(10, -3 * random.NextDouble()));
            float q = trial % 4 == 0 ? p : (float)(largest * Math.Pow(10, -3 * random.NextDouble()));
            double rho = trial % 8 == 0 ? 1 : (2 * random.NextDouble()) - 1;
            float k = trial % 8 == 0 ? MathF.Sqrt(p) * MathF.Sqrt(q) : (float)(rho * Math.Sqrt(p) * Math.Sqrt(q));
            DualValue<double> expected = DualAt.Double(example.Activation, p, q, k);
            DualValue<float> actual = DualAt.Single(example.Activation, p, q, k);
            DualValue<double> scale = DualLaws.Scale(example.Activation, p, q);
            double error = Math.Max(Error(expected.Kappa, actual.Kappa, scale.Kappa), Error(expected.KappaDot, actual.KappaDot, scale.KappaDot));
            if (Math.Abs(rho) < 0.999) worst = Math.Max(worst, error);
            else worstNear = Math.Max(worstNear, error);
        }

        output.WriteLine($"{example.Activation}: {worst:E1}, nearly parallel {worstNear:E1}");

        // A snapped gap of 8 units is an angle of 1.4e-3, which moves 1 − 2θ/π by 8.8e-4.
        Assert.True(worst <= 1e-5 && worstNear <= 9e-4, $"{example.Activation}: {worst:E2}, nearly parallel {worstNear:E2}");
    }

    private static double Error(double expected, float actual, double scale)
    {
        double error = Math.Abs(expected - actual);
        return error == 0 ? 0 : error / scale;
    }

    private static (long, long) Bits(DualValue<double> value) =>
        (double.IsNaN(value.Kappa) ? 0 : BitConverter.DoubleToInt64Bits(value.Kappa),
            double.IsNaN(value.KappaDot) ? 0 : BitConverter.DoubleToInt64Bits(value.KappaDot));

    private static (int, int) Bits(DualValue<float> value) =>
        (float.IsNaN(value.Kappa) ? 0 : BitConverter.SingleToInt32Bits(value.Kappa),
            float.IsNaN(value.KappaDot) ? 0 : BitConverter.SingleToInt32Bits(value.KappaDot));

    private static double Variance(Random random, double largest) => random.Next(5) == 0
        ? Special[random.Next(Special.Length)]
        : largest * Math.Pow(10, -18 * random.NextDouble());

    private sealed class IsClosedForm : IDualUser<bool>
    {
        public bool Use<TDual>(TDual dual) where TDual : struct, IDual => true;

        public bool Use(SeriesDual series) => false;

        public bool Use(QuadratureDual quadrature) => false;
    }
}
