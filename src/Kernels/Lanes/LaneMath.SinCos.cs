using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

internal static partial class LaneMath
{
    /// <summary>sin x, for |x| up to 1e5 (f64) or 1e3 (f32); beyond, the error grows with |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Sin<TLane>(TLane x) where TLane : struct, ILane<TLane> => Turned(x, TLane.Of(0));

    /// <summary>cos x, for |x| up to 1e5 (f64) or 1e3 (f32); beyond, the error grows with |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Cos<TLane>(TLane x) where TLane : struct, ILane<TLane> => Turned(x, TLane.Of(1));

    // sin(x + quarters·π/2): x = n·π/2 + r with π/2 in three parts; the quadrant n + quarters chooses series and sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Turned<TLane>(TLane x, TLane quarters) where TLane : struct, ILane<TLane>
    {
        TLane n = TLane.Round(x * TLane.Of(2 / Math.PI));
        TLane r = TLane.MultiplyAdd(n, TLane.Of(TLane.IsSingle ? -1.5703125 : -1.5707963267341256), x);
        r = TLane.MultiplyAdd(n, TLane.Of(TLane.IsSingle ? -4.8351287841796875e-4 : -6.077100506303966e-11), r);
        r = TLane.MultiplyAdd(n, TLane.Of(TLane.IsSingle ? -3.13855707645416259766e-7 : -2.0222662487959506e-21), r);
        if (TLane.IsSingle) r = TLane.MultiplyAdd(n, TLane.Of(-6.0771006282767103812e-11), r);
        TLane w = r * r;
        TLane sine = TLane.MultiplyAdd(r * w, SineRest(w), r);
        TLane cosine = TLane.MultiplyAdd(w * w, CosineRest(w), TLane.MultiplyAdd(w, TLane.Of(-0.5), TLane.Of(1)));
        TLane quadrant = n + quarters;
        TLane odd = TLane.Abs(quadrant - TLane.Of(2) * TLane.Round(quadrant * TLane.Of(0.5)));
        TLane lower = quadrant - TLane.Of(4) * TLane.Round((quadrant - TLane.Of(0.5)) * TLane.Of(0.25));
        TLane value = TLane.Select(TLane.Less(TLane.Of(0.5), odd), cosine, sine);
        TLane minus = TLane.Less(TLane.Of(1.5), TLane.Abs(lower - TLane.Of(0.5)) + TLane.Of(0.5));
        return TLane.Select(minus, -value, value);
    }

    // (sin(√w)/√w − 1)/w on [0, (π/4)²].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane SineRest<TLane>(TLane w) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(-0.00019587890880412386);
            p = Horner(w, p, 0.008332748270629749, -0.1666666466231438);
            return p;
        }
        else
        {
            TLane p = TLane.Of(1.5918129294866608e-10);
            p = Horner(w, p, -2.5051131845003624e-08, 2.755731610255244e-06, -0.00019841269836758574, 0.008333333333330948);
            p = Horner(w, p, -0.16666666666666666);
            return p;
        }
    }

    // (cos(√w) − 1 + w/2)/w² on [0, (π/4)²].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane CosineRest<TLane>(TLane w) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(2.4547942085071572e-05);
            p = Horner(w, p, -0.0013888303035894866, 0.04166666465950221);
            return p;
        }
        else
        {
            TLane p = TLane.Of(-1.1382632425521717e-11);
            p = Horner(w, p, 2.08761462684032e-09, -2.7557317271729793e-07, 2.480158729876569e-05, -0.0013888888888887398);
            p = Horner(w, p, 0.041666666666666664);
            return p;
        }
    }
}
