using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

/// <summary>
/// |κ| ≤ √(κ(p)κ(q)) and |κ̇| ≤ √(κ̇(p)κ̇(q)), also where rounding has left |k| above √(pq), up to what a few units of p, q and k amount to.
/// Without it a network enlarges the excess layer by layer.
/// </summary>
public class CauchySchwarzTests
{
    public static TheoryData<DualExample> Examples => [.. DualExample.All];

    [Theory]
    [MemberData(nameof(Examples))]
    public void No_covariance_exceeds_its_variances_in_double_precision(DualExample example) =>
        Check(example, 2.220446049250313e-16, Math.BitIncrement, value => value, (p, q, k) => DualAt.Double(example.Activation, p, q, k));

    [Theory]
    [MemberData(nameof(Examples))]
    public void No_covariance_exceeds_its_variances_in_single_precision(DualExample example) =>
        Check(example, 1.1920928955078125e-7, value => MathF.BitIncrement((float)value), value => (float)value, (p, q, k) =>
        {
            DualValue<float> value = DualAt.Single(example.Activation, (float)p, (float)q, (float)k);
            return new DualValue<double>(value.Kappa, value.KappaDot);
        });

    private static void Check(
        DualExample example, double ulp, Func<double, double> next, Func<double, double> round, Func<double, double, double, DualValue<double>> dual)
    {
        var random = new Random(11);
        bool cheap = example.Activation.Open(new CostsLittle());
        double low = Math.Log(1e-9), high = Math.Log(Math.Min(example.Largest, 1e4));
        for (int trial = 0; trial < (cheap ? 4000 : 40); trial++)
        {
            double p = round(Math.Exp(low + (high - low) * random.NextDouble()));
            double q = (trial % 4) switch
            {
                0 => p,
                1 => next(p),
                2 => round(Math.Min(example.Largest, p * (1 + 1e3 * ulp * random.NextDouble()))),
                _ => round(Math.Min(example.Largest, p * Math.Pow(10, 8 * random.NextDouble() - 4))),
            };
            double excess = (trial % 5) switch { 0 => 0, 1 => ulp, 2 => 50 * ulp * random.NextDouble(), 3 => 1e-3, _ => -2 * random.NextDouble() };
            double k = round((1 + excess) * Math.Sqrt(p) * Math.Sqrt(q));
            if (random.Next(2) == 0) k = -k;
            DualValue<double> left = dual(p, p, p), right = dual(q, q, q), value = dual(p, q, k);
            if (!double.IsFinite(left.Kappa + right.Kappa + left.KappaDot + right.KappaDot)) continue;

            // What a few units of p, q and k change, by the slopes of log κ and log κ̇.
            Within("κ", value.Kappa, left.Kappa, right.Kappa, v => v.Kappa);
            Within("κ̇", value.KappaDot, left.KappaDot, right.KappaDot, v => v.KappaDot);

            void Within(string what, double actual, double one, double other, Func<DualValue<double>, double> of)
            {
                double most = Math.Sqrt(Math.Max(one, 0)) * Math.Sqrt(Math.Max(other, 0));
                double steep = 1 + Math.Max(Steepness(p, one, of), Steepness(q, other, of));
                double allowed = most * ((16 * ulp * steep) + example.Accuracy * (example.Accuracy > 1e-11 ? 1 : 0)) + 1e3 * (ulp < 1e-10 ? 1e-300 : 1.2e-38);
                Assert.True(Math.Abs(actual) <= most + allowed, $"{example} at p = {p:R}, q = {q:R}, k = {k:R}: {what} = {actual:R} exceeds {most:R} by {(Math.Abs(actual) - most) / most / ulp:G3} ulp (steepness {steep:G3})");
            }
        }

        double Steepness(double q, double value, Func<DualValue<double>, double> of)
        {
            double less = round(q * (1 - Math.Sqrt(ulp)));
            if (less == q || value == 0) return 0;
            double ofVariance = Math.Abs(of(dual(less, less, less)) - value), ofCovariance = Math.Abs(of(dual(q, q, less)) - value);
            return Math.Max(ofVariance, ofCovariance) / value / (1 - less / q);
        }
    }

    private sealed class CostsLittle : IDualUser<bool>
    {
        public bool Use<TDual>(TDual dual) where TDual : struct, IDual => true;

        public bool Use(SeriesDual series) => false;

        public bool Use(QuadratureDual quadrature) => false;
    }
}
