using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>
/// The loop of activations without closed form: κ = Σ a_i(p) a_i(q) ρⁱ and κ̇ from the coefficients of φ′, by Horner. A sample's
/// terms are its coefficients of φ, those of φ′, and 1/√q.
/// </summary>
internal sealed unsafe class SeriesLoop<TLane, T>(int source, int target, Activation activation, SeriesDual series) : StepLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _count = series.Count;

    public override int TermCount => 2 * _count + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Pairs(in Strip<T> strip)
    {
        nint stride = strip.Registers.Stride, last = 2 * _count * strip.TermStride;
        for (nint row = 0; row < strip.Rows; row++)
        {
            T* k = strip.Registers.K(source) + row * stride, kOut = strip.Registers.K(target) + row * stride;
            T* theta = strip.Registers.Theta(source) + row * stride, thetaOut = strip.Registers.Theta(target) + row * stride;
            T* left = strip.Left + row;
            TLane inverseRoot = TLane.Broadcast(left[last]);
            int value = Needed(left, 0, strip.TermStride), derivative = strip.WithTheta ? Needed(left, _count, strip.TermStride) : 0;
            for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
            {
                T* right = strip.Right + j;
                TLane rho = SeriesFormula.Correlation(TLane.Load(in k[j]), inverseRoot, TLane.Load(in right[last]));
                TLane kappa = TLane.Of(0);
                for (int i = value - 1; i >= 0; i--)
                {
                    nint term = i * strip.TermStride;
                    kappa = TLane.MultiplyAdd(kappa, rho, TLane.Broadcast(left[term]) * TLane.Load(in right[term]));
                }

                TLane.Store(kappa, ref kOut[j]);
                if (!strip.WithTheta) continue;
                TLane kappaDot = TLane.Of(0);
                for (int i = derivative - 1; i >= _count; i--)
                {
                    nint term = i * strip.TermStride;
                    kappaDot = TLane.MultiplyAdd(kappaDot, rho, TLane.Broadcast(left[term]) * TLane.Load(in right[term]));
                }

                TLane.Store(TLane.Load(in theta[j]) * kappaDot, ref thetaOut[j]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Self(in Strip<T> strip)
    {
        double tail = WriteCoefficients(in strip);
        nint last = 2 * _count * strip.TermStride;
        T* k = strip.Registers.K(source), kOut = strip.Registers.K(target);
        T* theta = strip.Registers.Theta(source), thetaOut = strip.Registers.Theta(target);
        for (nint j = strip.FirstColumn; j < strip.Columns; j += TLane.Count)
        {
            T* terms = strip.Right + j;
            TLane inverseRoot = TLane.Load(in terms[last]);
            TLane rho = SeriesFormula.Correlation(TLane.Load(in k[j]), inverseRoot, inverseRoot);
            TLane.Store(Squares(terms, 0, rho, strip.TermStride), ref kOut[j]);
            if (strip.WithTheta) TLane.Store(TLane.Load(in theta[j]) * Squares(terms, _count, rho, strip.TermStride), ref thetaOut[j]);
        }

        return tail;
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

    private double WriteCoefficients(in Strip<T> strip)
    {
        double[] value = new double[_count], derivative = new double[_count];
        double tail = 0;
        for (nint j = strip.FirstColumn; j < strip.Columns; j++)
        {
            double q = double.CreateTruncating(strip.Registers.K(source)[j]);
            if (double.IsFinite(q) && activation.DomainProblem(q) is null) tail = Math.Max(tail, series.Coefficients(q, value, derivative));
            T* terms = strip.Right + j;
            for (int i = 0; i < _count; i++)
            {
                terms[i * strip.TermStride] = T.CreateTruncating(value[i]);
                terms[(_count + i) * strip.TermStride] = T.CreateTruncating(derivative[i]);
            }

            terms[2 * _count * strip.TermStride] = T.CreateTruncating(q > 0 ? 1 / Math.Sqrt(q) : 0);
        }

        return tail;
    }
}
