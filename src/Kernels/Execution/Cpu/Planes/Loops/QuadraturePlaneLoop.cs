using System.Numerics;
using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// The loop of activations that are integrated pair by pair, in double precision, one number at a time. A sample's term is its
/// variance. The larger variance goes first, so that exchanging the samples changes no bit.
/// </summary>
internal sealed unsafe class QuadraturePlaneLoop<T>(QuadratureDual quadrature, int lanes) : PlaneLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The accuracy that <see cref="QuadratureDual.Pair"/> promises.</summary>
    private const double Accuracy = 1e-8;

    public override int TermCount => 1;

    public override void Pairs(in PlaneFrame<T> frame) => Integrate(in frame, 1);

    public override void Selves(in PlaneFrame<T> frame) => Integrate(in frame, lanes);

    public override double WriteTerms(in PlaneFrame<T> frame)
    {
        for (nint j = 0; j < frame.Positions * lanes; j++) frame.Right[j] = T.Max(T.Zero, frame.Sources[0].K[j]);
        return Accuracy;
    }

    private void Integrate(in PlaneFrame<T> frame, int width)
    {
        for (int entry = 0; entry < frame.View.Positions; entry++)
        {
            T* left = frame.Left + (nint)frame.View.Left[entry] * width, right = frame.Right + (nint)frame.View.Right[entry] * lanes;
            for (int lane = 0; lane < frame.Lanes; lane++) Entry(in frame, (nint)entry * lanes + lane, left[width == 1 ? 0 : lane], right[lane]);
        }
    }

    private void Entry(in PlaneFrame<T> frame, nint at, T left, T right)
    {
        if (!T.IsFinite(left) || !T.IsFinite(right)) return;
        (double p, double q) = (double.CreateTruncating(T.Max(left, right)), double.CreateTruncating(T.Min(left, right)));
        DualValue<double> value = quadrature.Pair(p, q, double.CreateTruncating(frame.Sources[0].K[at]));
        frame.Target.K[at] = T.CreateTruncating(value.Kappa);
        if (frame.WithTheta) frame.Target.Theta[at] = frame.Sources[0].Theta[at] * T.CreateTruncating(value.KappaDot);
    }
}
