using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>
/// The loop of activations without closed form: κ = Σ a_i(p) a_i(q) ρⁱ and κ̇ from the coefficients of φ′, by Horner. A sample's
/// terms are its coefficients of φ, those of φ′, 1/√q, and q, negative where it is beyond the series: its pairs are then integrated.
/// </summary>
internal sealed unsafe class SeriesLoop<TLane, T>(int source, int target, Activation activation, SeriesDual series) : StepLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _count = series.Count;

    public override int TermCount => 2 * _count + 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pairs(in Strip<T> strip)
    {
        nint stride = strip.Registers.Stride, last = 2 * _count * strip.TermStride;
        bool anyBeyond = AnyBeyond(in strip);
        T* kept = stackalloc T[2 * TLane.Count];
        for (nint row = 0; row < strip.Rows; row++)
        {
            T* k = strip.Registers.K(source) + row * stride, kOut = strip.Registers.K(target) + row * stride;
            T* theta = strip.Registers.Theta(source) + row * stride, thetaOut = strip.Registers.Theta(target) + row * stride;
            T* left = strip.Left + row;
            TLane inverseRoot = TLane.Broadcast(left[last]);
            T variance = left[last + strip.TermStride];
            bool integrates = anyBeyond || variance < T.Zero;
            int value = Needed(left, 0, strip.TermStride), derivative = strip.WithTheta ? Needed(left, _count, strip.TermStride) : 0;
            for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
            {
                T* right = strip.Right + j;
                if (integrates) Keep(k + j, theta + j, kept, strip.WithTheta);
                TLane rho = SeriesFormula.Correlation(TLane.Load(in k[j]), inverseRoot, TLane.Load(in right[last]));
                TLane kappa = TLane.Of(0);
                for (int i = value - 1; i >= 0; i--)
                {
                    nint term = i * strip.TermStride;
                    kappa = TLane.MultiplyAdd(kappa, rho, TLane.Broadcast(left[term]) * TLane.Load(in right[term]));
                }

                TLane.Store(kappa, ref kOut[j]);
                if (strip.WithTheta)
                {
                    TLane kappaDot = TLane.Of(0);
                    for (int i = derivative - 1; i >= _count; i--)
                    {
                        nint term = i * strip.TermStride;
                        kappaDot = TLane.MultiplyAdd(kappaDot, rho, TLane.Broadcast(left[term]) * TLane.Load(in right[term]));
                    }

                    TLane.Store(TLane.Load(in theta[j]) * kappaDot, ref thetaOut[j]);
                }

                if (integrates) Integrate(in strip, j, &variance, 0, kept, kOut, thetaOut);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override DualAccuracy Self(in Strip<T> strip)
    {
        DualAccuracy accuracy = WriteCoefficients(in strip);
        bool integrates = AnyBeyond(in strip);
        T* kept = stackalloc T[2 * TLane.Count];
        nint last = 2 * _count * strip.TermStride;
        T* k = strip.Registers.K(source), kOut = strip.Registers.K(target);
        T* theta = strip.Registers.Theta(source), thetaOut = strip.Registers.Theta(target);
        for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
        {
            T* terms = strip.Right + j;
            if (integrates) Keep(k + j, theta + j, kept, strip.WithTheta);
            TLane inverseRoot = TLane.Load(in terms[last]);
            TLane rho = SeriesFormula.Correlation(TLane.Load(in k[j]), inverseRoot, inverseRoot);
            TLane.Store(Squares(terms, 0, rho, strip.TermStride), ref kOut[j]);
            if (strip.WithTheta) TLane.Store(TLane.Load(in theta[j]) * Squares(terms, _count, rho, strip.TermStride), ref thetaOut[j]);
            if (integrates) Integrate(in strip, j, terms + last + strip.TermStride, 1, kept, kOut, thetaOut);
        }

        return accuracy;
    }

    /// <summary>The end of the left sample's coefficients that are not 0: what follows would add nothing.</summary>
    private int Needed(T* left, int first, nint stride)
    {
        int end = first + _count;
        while (end > first && left[(end - 1) * stride] == T.Zero) end--;
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Squares(T* terms, int first, TLane rho, nint stride)
    {
        TLane sum = TLane.Of(0);
        for (int i = first + _count - 1; i >= first; i--)
        {
            TLane coefficient = TLane.Load(in terms[i * stride]);
            sum = TLane.MultiplyAdd(sum, rho, coefficient * coefficient);
        }

        return sum;
    }

    /// <summary>Whether any right sample's variance is beyond the series.</summary>
    private bool AnyBeyond(in Strip<T> strip)
    {
        T* variances = strip.Right + (2 * _count + 1) * strip.TermStride;
        for (nint j = strip.FirstColumn; j < strip.Columns; j++)
        {
            if (variances[j] < T.Zero) return true;
        }

        return false;
    }

    /// <summary>Keeps what is read of K and Θ, which may lie where the results go.</summary>
    private static void Keep(T* k, T* theta, T* kept, bool withTheta)
    {
        new ReadOnlySpan<T>(k, TLane.Count).CopyTo(new Span<T>(kept, TLane.Count));
        if (withTheta) new ReadOnlySpan<T>(theta, TLane.Count).CopyTo(new Span<T>(kept + TLane.Count, TLane.Count));
    }

    /// <summary>Replaces the entries of which either variance is beyond the series.</summary>
    private void Integrate(in Strip<T> strip, nint first, T* left, int leftStep, T* kept, T* k, T* theta)
    {
        T* right = strip.Right + first + (2 * _count + 1) * strip.TermStride;
        nint end = Math.Min(first + TLane.Count, strip.Products.Tile.Columns) - first;
        for (nint lane = 0; lane < end; lane++)
        {
            T p = left[lane * leftStep], q = right[lane];
            if (p >= T.Zero && q >= T.Zero) continue;
            DualValue<T> value = series.Beyond!.Ordered(T.Abs(p), T.Abs(q), kept[lane]);
            k[first + lane] = value.Kappa;
            if (strip.WithTheta) theta[first + lane] = kept[TLane.Count + lane] * value.KappaDot;
        }
    }

    private DualAccuracy WriteCoefficients(in Strip<T> strip)
    {
        double[] value = new double[_count], derivative = new double[_count];
        DualAccuracy worst = default;
        nint end = Math.Min(strip.Columns, strip.Products.Tile.Columns);
        for (nint j = strip.FirstColumn; j < strip.Columns; j++)
        {
            double q = double.CreateTruncating(strip.Registers.K(source)[j]);
            DualAccuracy accuracy = default;
            if (j < end && double.IsFinite(q) && activation.DomainProblem(q) is null)
            {
                accuracy = DualAccuracy.OfSeries(series.Coefficients(q, value, derivative), q);
                worst = worst.Or(accuracy);
            }

            T* terms = strip.Right + j;
            for (int i = 0; i < _count; i++)
            {
                terms[i * strip.TermStride] = T.CreateTruncating(value[i]);
                terms[(_count + i) * strip.TermStride] = T.CreateTruncating(derivative[i]);
            }

            terms[2 * _count * strip.TermStride] = T.CreateTruncating(q > 0 ? 1 / Math.Sqrt(q) : 0);
            T variance = T.Max(T.Zero, strip.Registers.K(source)[j]);
            terms[(2 * _count + 1) * strip.TermStride] = accuracy.Beyond > 0 ? -variance : variance;
        }

        return worst;
    }
}
