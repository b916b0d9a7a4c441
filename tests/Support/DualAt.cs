using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Tests.Support;

/// <summary>A dual evaluated at single triples (p, q, k): the shortest way from an activation to its numbers.</summary>
public static class DualAt
{
    /// <summary>κ and κ̇ in double precision, by the scalar lane.</summary>
    internal static DualValue<double> Double(Activation activation, double p, double q, double k)
    {
        DualValue<double>[] values = activation.Open(new Lanewise<DoubleLane, double>([p], [q], [k]));
        return values[0];
    }

    /// <summary>κ and κ̇ in single precision, by the scalar lane.</summary>
    internal static DualValue<float> Single(Activation activation, float p, float q, float k)
    {
        DualValue<float>[] values = activation.Open(new Lanewise<SingleLane, float>([p], [q], [k]));
        return values[0];
    }

    /// <summary>κ and κ̇ of eight triples by the 512-bit lane.</summary>
    internal static DualValue<double>[] Double512(Activation activation, double[] p, double[] q, double[] k) =>
        activation.Open(new Lanewise<Double512Lane, double>(p, q, k));

    /// <summary>κ and κ̇ of sixteen triples by the 512-bit lane.</summary>
    internal static DualValue<float>[] Single512(Activation activation, float[] p, float[] q, float[] k) =>
        activation.Open(new Lanewise<Single512Lane, float>(p, q, k));

    private sealed class Lanewise<TLane, T>(T[] p, T[] q, T[] k) : IDualUser<DualValue<T>[]>
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        public DualValue<T>[] Use<TDual>(TDual dual) where TDual : struct, IDual
        {
            Terms<TLane> left = dual.Side(TLane.Load(ref p[0]));
            Terms<TLane> right = dual.Side(TLane.Load(ref q[0]));
            DualValue<TLane> value = dual.Pair(left, right, TLane.Load(ref k[0]));
            var kappa = new T[TLane.Count];
            var kappaDot = new T[TLane.Count];
            TLane.Store(value.Kappa, ref kappa[0]);
            TLane.Store(value.KappaDot, ref kappaDot[0]);
            return [.. kappa.Zip(kappaDot, (v, d) => new DualValue<T>(v, d))];
        }

        public DualValue<T>[] Use(SeriesDual series) => Each((p, q, k) => Sum(series, p, q, k));

        public DualValue<T>[] Use(QuadratureDual quadrature) => Each(quadrature.Pair);

        private DualValue<T>[] Each(Func<double, double, double, DualValue<double>> pair)
        {
            var values = new DualValue<T>[TLane.Count];
            for (int i = 0; i < values.Length; i++)
            {
                DualValue<double> value = pair(double.CreateChecked(p[i]), double.CreateChecked(q[i]), double.CreateChecked(k[i]));
                values[i] = new(T.CreateChecked(value.Kappa), T.CreateChecked(value.KappaDot));
            }

            return values;
        }
    }

    private static DualValue<double> Sum(SeriesDual series, double p, double q, double k)
    {
        double[] left = new double[series.Count], right = new double[series.Count];
        double[] leftDot = new double[series.Count], rightDot = new double[series.Count];
        bool reached = double.IsFinite(series.Coefficients(p, left, leftDot)) & double.IsFinite(series.Coefficients(q, right, rightDot));
        if (!reached) return series.Beyond!.Pair(p, q, k);
        double rho = p * q > 0 ? Math.Clamp(k / (Math.Sqrt(p) * Math.Sqrt(q)), -1, 1) : 0;
        double kappa = 0, kappaDot = 0;
        for (int i = series.Count - 1; i >= 0; i--)
        {
            kappa = (kappa * rho) + (left[i] * right[i]);
            kappaDot = (kappaDot * rho) + (leftDot[i] * rightDot[i]);
        }

        return new(kappa, kappaDot);
    }
}
