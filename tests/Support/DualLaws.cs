using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Tests.Support;

/// <summary>What every dual activation obeys, whatever its formula.</summary>
public static class DualLaws
{
    /// <summary>All laws.</summary>
    public static void AssertAll(DualExample example)
    {
        AssertSymmetric(example);
        AssertCauchySchwarz(example);
        AssertEqualInputsAreExact(example);
        AssertZeroVariance(example);
        if (example.HasSlope) AssertSlope(example);
    }

    /// <summary>κ(p, q, k) = κ(q, p, k) to the bit: a kernel matrix is symmetric without being made so.</summary>
    public static void AssertSymmetric(DualExample example) => Check(example, 1, (p, q, rho) =>
    {
        double k = rho * Math.Sqrt(p) * Math.Sqrt(q);
        return DualAt.Double(example.Activation, p, q, k) == DualAt.Double(example.Activation, q, p, k);
    });

    /// <summary>κ² ≤ κ(p, p, p)·κ(q, q, q), and the same for κ̇.</summary>
    public static void AssertCauchySchwarz(DualExample example) => Check(example, 1, (p, q, rho) =>
    {
        DualValue<double> value = DualAt.Double(example.Activation, p, q, rho * Math.Sqrt(p) * Math.Sqrt(q));
        DualValue<double> scale = Scale(example.Activation, p, q);
        double allowed = 1 + 1e-9;
        return Math.Abs(value.Kappa) <= scale.Kappa * allowed && Math.Abs(value.KappaDot) <= scale.KappaDot * allowed;
    });

    /// <summary>Equal inputs whose covariance carries a few units of rounding give the value of the exact pair.</summary>
    public static void AssertEqualInputsAreExact(DualExample example) => Check(example, 1, (p, _, _) =>
    {
        DualValue<double> exact = DualAt.Double(example.Activation, p, p, p);
        DualValue<double> rounded = DualAt.Double(example.Activation, p, p, p * (1 - (4 * 2.220446049250313e-16)));
        double steps = 1e-13 + (p * 1e-14) + (0.01 * example.Accuracy);
        return Math.Abs(rounded.Kappa - exact.Kappa) <= steps * Math.Abs(exact.Kappa)
            && Math.Abs(rounded.KappaDot - exact.KappaDot) <= steps * Math.Abs(exact.KappaDot)
            && exact.Kappa >= 0 && exact.KappaDot >= 0;
    });

    /// <summary>A zero input gives numbers, the same beside any partner of the same sign of k = 0.</summary>
    public static void AssertZeroVariance(DualExample example) => Check(example, 1, (p, _, _) =>
    {
        DualValue<double> both = DualAt.Double(example.Activation, 0, 0, 0);
        DualValue<double> one = DualAt.Double(example.Activation, 0, p, 0);
        DualValue<double> negative = DualAt.Double(example.Activation, 0, p, -0.0);
        return double.IsFinite(both.Kappa) && double.IsFinite(both.KappaDot) && double.IsFinite(one.Kappa)
            && double.IsFinite(one.KappaDot) && one == negative;
    });

    /// <summary>κ̇ = ∂κ/∂k, by the central difference of eighth order.</summary>
    public static void AssertSlope(DualExample example) => Check(example, 0.9, (p, q, rho) =>
    {
        double deviation = Math.Sqrt(p) * Math.Sqrt(q);
        double k = rho * deviation;
        double h = 0.02 * Math.Min(deviation, 1) * (1 - Math.Abs(rho));
        double[] weights = [4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280];
        double slope = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double ahead = DualAt.Double(example.Activation, p, q, k + ((i + 1) * h)).Kappa;
            double behind = DualAt.Double(example.Activation, p, q, k - ((i + 1) * h)).Kappa;
            slope += weights[i] * (ahead - behind) / h;
        }

        DualValue<double> scale = Scale(example.Activation, p, q);
        double tolerance = (1e-9 * scale.KappaDot) + ((4e-15 + (0.01 * example.Accuracy)) * scale.Kappa / h);
        return Math.Abs(slope - DualAt.Double(example.Activation, p, q, k).KappaDot) <= tolerance;
    });

    /// <summary>√(κ(p,p,p)κ(q,q,q)) and the same of κ̇: what an error is measured against.</summary>
    internal static DualValue<double> Scale(Activation activation, double p, double q)
    {
        DualValue<double> left = DualAt.Double(activation, p, p, p);
        DualValue<double> right = DualAt.Double(activation, q, q, q);
        return new(
            Math.Sqrt(left.Kappa) * Math.Sqrt(right.Kappa), Math.Sqrt(left.KappaDot) * Math.Sqrt(right.KappaDot));
    }

    // Variances from 1e-12 to the largest, log-uniform; norm ratios up to 1e4.
    private static void Check(DualExample example, double largestCorrelation, Func<double, double, double, bool> law)
    {
        double low = Math.Log(1e-12);
        double high = Math.Log(example.Largest);
        Gen<(double P, double Q, double Rho)> triples =
            from position in Gen.Choose(0, 1_000_000)
            from ratio in Gen.Choose(-1_000_000, 1_000_000)
            from rho in Gen.Frequency(
                (8, Gen.Choose(-1_000_000, 1_000_000)), (1, Gen.Constant(1_000_000)), (1, Gen.Constant(-1_000_000)))
            let p = Math.Exp(low + ((high - low) * position / 1e6))
            let q = Math.Min(p * Math.Pow(10, 8 * ratio / 1e6), example.Largest)
            select (p, q, largestCorrelation * rho / 1e6);
        bool cheap = example.Activation is not (Elu or Selu or Elementwise or Tanh or Sigmoid or Softplus or Swish);
        Prop.ForAll(triples.ToArbitrary(), triple => law(triple.P, triple.Q, triple.Rho).Label($"{example}: {triple}"))
            .Check(RandomCases.Of(cheap ? 300 : 20, 2026));
    }
}
