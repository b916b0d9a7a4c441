using System.Numerics;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The dual of an activation that has kinks and no closed form: its Hermite series converges too slowly, so that each pair is
/// integrated by itself, in double precision, split at the kinks.
/// </summary>
/// <remarks>
/// An executor calls <see cref="Pair"/> for each entry and for each variance (p = q = k), from any thread; single-precision
/// programs convert. Two orders of magnitude dearer than a series.
/// </remarks>
internal abstract class QuadratureDual
{
    /// <summary>What <see cref="Pair"/> promises.</summary>
    internal const double Accuracy = 1e-8;

    /// <summary>κ and κ̇ of one pair; 1e-8 relative to √(κ(p,p,p) κ(q,q,q)) or better. p, q ≥ 0.</summary>
    /// <exception cref="NumericalFailureException">That accuracy is not reached.</exception>
    public abstract DualValue<double> Pair(double p, double q, double k);

    /// <summary>The same in another precision; the larger variance goes first, so that exchanging the samples changes no bit.</summary>
    internal DualValue<T> Ordered<T>(T p, T q, T k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DualValue<double> value = Pair(
            double.CreateTruncating(T.Max(T.Zero, T.Max(p, q))), double.CreateTruncating(T.Max(T.Zero, T.Min(p, q))), double.CreateTruncating(k));
        return new(T.CreateTruncating(value.Kappa), T.CreateTruncating(value.KappaDot));
    }
}
