using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// φ(x) = Σ_i c_i xⁱ. Dual: κ = Σ_l R_l(p)R_l(q)kˡ, κ̇ = Σ_l l·R_l(p)R_l(q)kˡ⁻¹,
/// R_l(v) = Σ_i c_{2i+l}·(2i+l)!·vⁱ/(2ⁱ i! √(l!)); every variance ≥ 0. Cost: about n²/2 multiply-adds per entry.
/// Source: Hermite expansion of xⁱ at variance v, written without a division by √v.
/// </summary>
/// <param name="Coefficients">c_0, c_1, … (1 to 65 finite numbers).</param>
/// <exception cref="InvalidArgumentException">There is no coefficient, there are too many, or one is not finite.</exception>
internal sealed record Polynomial(ValueList<double> Coefficients) : Activation
{
    /// <summary>c_0, c_1, …, ascending.</summary>
    public ValueList<double> Coefficients { get; } = Checked(Coefficients);

    /// <inheritdoc/>
    public override double Value(double x)
    {
        double sum = 0;
        for (int i = Coefficients.Count - 1; i >= 0; i--) sum = (sum * x) + Coefficients[i];
        return sum;
    }

    /// <inheritdoc/>
    public override double Derivative(double x)
    {
        double sum = 0;
        for (int i = Coefficients.Count - 1; i > 0; i--) sum = (sum * x) + (i * Coefficients[i]);
        return sum;
    }

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new PolynomialDual(Coefficients));

    private static ValueList<double> Checked(ValueList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        Domain.Between(nameof(Polynomial), "the number of coefficients", coefficients.Count, 1, 65);
        foreach (double coefficient in coefficients) Domain.Finite(nameof(Polynomial), "coefficients", coefficient);
        return coefficients;
    }
}

internal readonly struct PolynomialDual : IDual
{
    // _factors[l][i] is the coefficient of vⁱ in R_l.
    private readonly double[][] _factors;

    public PolynomialDual(ValueList<double> coefficients)
    {
        _factors = new double[coefficients.Count][];
        double rootFactorial = 1;
        for (int l = 0; l < _factors.Length; l++)
        {
            if (l > 0) rootFactorial *= Math.Sqrt(l);
            _factors[l] = new double[((_factors.Length - 1 - l) / 2) + 1];

            // (2i+l)!/(2ⁱ i! √(l!)) from one i to the next.
            double weight = rootFactorial;
            for (int i = 0; i < _factors[l].Length; i++)
            {
                if (i > 0) weight *= ((2.0 * i) + l) * ((2.0 * i) + l - 1) / (2.0 * i);
                _factors[l][i] = coefficients[(2 * i) + l] * weight;
            }
        }
    }

    public static int TermCount => 2;

    // A = q, B = √q.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane> =>
        new(q, Correlation.Deviation(q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k)
        where TLane : struct, ILane<TLane>
    {
        k = Correlation.Bounded(k, left.B * right.B);
        TLane kappa = TLane.Of(0);
        TLane kappaDot = TLane.Of(0);
        for (int l = _factors.Length - 1; l >= 0; l--)
        {
            kappaDot = TLane.MultiplyAdd(kappaDot, k, kappa);
            kappa = TLane.MultiplyAdd(kappa, k, Moment(_factors[l], left.A) * Moment(_factors[l], right.A));
        }

        return new(kappa, kappaDot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Moment<TLane>(double[] factors, TLane v) where TLane : struct, ILane<TLane>
    {
        TLane sum = TLane.Of(factors[^1]);
        for (int i = factors.Length - 2; i >= 0; i--) sum = TLane.MultiplyAdd(sum, v, TLane.Of(factors[i]));
        return sum;
    }
}
