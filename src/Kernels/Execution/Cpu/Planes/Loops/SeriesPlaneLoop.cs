using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// The loop of activations without closed form: κ = Σ a_i(p) a_i(q) ρⁱ and κ̇ from the coefficients of φ′, by Horner. A sample's
/// terms at a position are its coefficients of φ, those of φ′, 1/√q, how many of each are needed, q, negative where it is beyond the series,
/// and whether one of the samples beside it is: pairs of such samples are integrated.
/// </summary>
internal sealed unsafe class SeriesPlaneLoop<TLane, T>(Activation activation, SeriesDual series) : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _count = series.Count;

    public override int TermCount => 2 * _count + 5;

    public override void Pairs(in PlaneFrame<T> frame) => Evaluate<OneLeft>(in frame);

    public override void Selves(in PlaneFrame<T> frame) => Evaluate<EachLeft>(in frame);

    public override DualAccuracy WriteTerms(in PlaneFrame<T> frame)
    {
        double[] value = new double[_count], derivative = new double[_count];
        DualAccuracy worst = default;
        nint stride = frame.Positions * TLane.Count;
        for (nint position = 0; position < frame.Positions; position++)
        {
            int most = 0, mostSlopes = 0;
            bool anyBeyond = false;
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                nint at = position * TLane.Count + lane;
                double q = double.CreateTruncating(frame.Sources[0].K[at]);
                bool exists = lane < frame.Lanes && double.IsFinite(q) && activation.DomainProblem(q) is null;
                DualAccuracy accuracy = exists ? DualAccuracy.OfSeries(series.Coefficients(q, value, derivative), q) : default;
                worst = worst.Or(accuracy);
                bool beyond = accuracy.Beyond > 0;
                anyBeyond |= beyond;
                T* terms = frame.Right + at;
                for (int i = 0; i < _count; i++)
                {
                    terms[i * stride] = exists ? T.CreateTruncating(value[i]) : T.Zero;
                    terms[(_count + i) * stride] = exists ? T.CreateTruncating(derivative[i]) : T.Zero;
                }

                terms[2 * _count * stride] = T.CreateTruncating(q > 0 ? 1 / Math.Sqrt(q) : 0);
                T variance = T.Max(T.Zero, frame.Sources[0].K[at]);
                terms[(2 * _count + 3) * stride] = beyond ? -variance : variance;
                most = Math.Max(most, exists ? Needed(value) : 0);
                mostSlopes = Math.Max(mostSlopes, exists ? Needed(derivative) : 0);
            }

            new Span<T>(frame.Right + (2 * _count + 1) * stride + position * TLane.Count, TLane.Count).Fill(T.CreateTruncating(most));
            new Span<T>(frame.Right + (2 * _count + 2) * stride + position * TLane.Count, TLane.Count).Fill(T.CreateTruncating(mostSlopes));
            new Span<T>(frame.Right + (2 * _count + 4) * stride + position * TLane.Count, TLane.Count).Fill(anyBeyond ? T.One : T.Zero);
        }

        return worst;
    }

    /// <summary>The end of the coefficients that are not 0: what follows would add nothing.</summary>
    private static int Needed(double[] coefficients) => coefficients.AsSpan().LastIndexOfAnyExcept(0.0) + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Evaluate<TLeft>(in PlaneFrame<T> frame) where TLeft : struct, ILeftSide
    {
        int width = TLeft.Width(TLane.Count);
        nint leftStride = frame.Positions * width, rightStride = frame.Positions * TLane.Count;
        T* kept = stackalloc T[2 * TLane.Count];
        for (int entry = 0; entry < frame.View.Positions; entry++)
        {
            nint j = (nint)entry * TLane.Count;
            int* s = frame.View.Left + entry;
            T* right = frame.Right + (nint)frame.View.Right[entry] * TLane.Count, counts = frame.Left + 2 * _count * leftStride;
            T* leftCounts = counts + (nint)s[0] * width;
            bool integrates = leftCounts[4 * leftStride] + right[(2 * _count + 4) * rightStride] > T.Zero;
            if (integrates) Keep(in frame, j, kept);
            TLane rho = SeriesFormula.Correlation(
                TLane.Load(in frame.Sources[0].K[j]), TLeft.LoadAt<TLane, T>(counts, s), TLane.Load(in right[2 * _count * rightStride]));
            int value = int.CreateTruncating(leftCounts[leftStride]);
            TLane theta = default;
            if (frame.WithTheta)
            {
                int slope = int.CreateTruncating(leftCounts[2 * leftStride]);
                TLane kappaDot = Polynomial<TLeft>(frame.Left + _count * leftStride, leftStride, s, right + _count * rightStride, rightStride, slope, rho);
                theta = TLane.Load(in frame.Sources[0].Theta[j]) * kappaDot;
            }

            TLane.Store(Polynomial<TLeft>(frame.Left, leftStride, s, right, rightStride, value, rho), ref frame.Target.K[j]);
            if (frame.WithTheta) TLane.Store(theta, ref frame.Target.Theta[j]);
            if (integrates) Integrate(in frame, j, leftCounts + 3 * leftStride, width == 1 ? 0 : 1, right + (2 * _count + 3) * rightStride, kept);
        }
    }

    /// <summary>Keeps what is read of K and Θ, which may lie where the results go.</summary>
    private static void Keep(in PlaneFrame<T> frame, nint first, T* kept)
    {
        new ReadOnlySpan<T>(frame.Sources[0].K + first, TLane.Count).CopyTo(new Span<T>(kept, TLane.Count));
        if (frame.WithTheta) new ReadOnlySpan<T>(frame.Sources[0].Theta + first, TLane.Count).CopyTo(new Span<T>(kept + TLane.Count, TLane.Count));
    }

    /// <summary>Replaces the entries of which either variance is beyond the series.</summary>
    private void Integrate(in PlaneFrame<T> frame, nint first, T* left, int leftStep, T* right, T* kept)
    {
        for (int lane = 0; lane < frame.Lanes; lane++)
        {
            T p = left[lane * leftStep], q = right[lane];
            if (p >= T.Zero && q >= T.Zero) continue;
            DualValue<T> value = series.Beyond!.Ordered(T.Abs(p), T.Abs(q), kept[lane]);
            frame.Target.K[first + lane] = value.Kappa;
            if (frame.WithTheta) frame.Target.Theta[first + lane] = kept[TLane.Count + lane] * value.KappaDot;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Polynomial<TLeft>(T* left, nint leftStride, int* position, T* right, nint rightStride, int count, TLane rho)
        where TLeft : struct, ILeftSide
    {
        TLane sum = TLane.Of(0);
        for (int i = count - 1; i >= 0; i--)
        {
            sum = TLane.MultiplyAdd(sum, rho, TLeft.LoadAt<TLane, T>(left + i * leftStride, position) * TLane.Load(in right[i * rightStride]));
        }

        return sum;
    }
}
