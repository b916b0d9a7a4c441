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
    public override int TermCount => 1;

    public override void Pairs(in PlaneFrame<T> frame) => Integrate(in frame, 1);

    public override void Selves(in PlaneFrame<T> frame) => Integrate(in frame, lanes);

    public override DualAccuracy WriteTerms(in PlaneFrame<T> frame)
    {
        for (nint j = 0; j < frame.Positions * lanes; j++) frame.Right[j] = T.Max(T.Zero, frame.Sources[0].K[j]);
        return new DualAccuracy(QuadratureDual.Accuracy, 0);
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
        DualValue<T> value = quadrature.Ordered(left, right, frame.Sources[0].K[at]);
        frame.Target.K[at] = value.Kappa;
        if (frame.WithTheta) frame.Target.Theta[at] = frame.Sources[0].Theta[at] * value.KappaDot;
    }
}
