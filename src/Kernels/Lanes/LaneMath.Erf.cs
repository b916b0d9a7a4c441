using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

internal static partial class LaneMath
{
    /// <summary>The error function (2/√π)∫₀ˣ e^{−t²} dt.</summary>
    /// <remarks>x·F(x²) up to |x| = 1, F of degree 11 (f64; 6 for f32); 1 − e^{−x²}·erfcx(|x|) above.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Erf<TLane>(TLane x) where TLane : struct, ILane<TLane>
    {
        TLane magnitude = TLane.Abs(x);
        TLane square = magnitude * magnitude;
        TLane small = magnitude * ErfOver(square);
        TLane large = TLane.Of(1) - Exp(-square) * ScaledErfc(magnitude);
        return TLane.CopySign(TLane.Select(TLane.Less(magnitude, TLane.Of(1)), small, large), x);
    }

    /// <summary>erfcx x = e^{x²}·erfc x for x ≥ 0: the tail of the normal distribution without its underflow.</summary>
    /// <remarks>
    /// (x + ½)·erfcx x as a polynomial in t = (x − 4)/(x + 4) of degree 24 (f64; 11 for f32) on [−1, 1], that is for all x ≥ 0.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane ScaledErfc<TLane>(TLane x) where TLane : struct, ILane<TLane>
    {
        TLane t = (x - TLane.Of(4)) / (x + TLane.Of(4));
        return ScaledErfcTimes(t) / (x + TLane.Of(0.5));
    }

    // erf(√w)/√w on [0, 1].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ErfOver<TLane>(TLane w) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(7.875875062685488e-05);
            p = Horner(w, p, -0.000801686428716587, 0.005189087423433974, -0.026854212010626412, 0.11283594715160218);
            p = Horner(w, p, -0.37612626666720334, 1.1283791658483509);
            return p;
        }
        else
        {
            TLane p = TLane.Of(-7.795898827002142e-10);
            p = Horner(w, p, 1.3720064546777686e-08, -1.6208483801871705e-07, 1.6447424703317362e-06, -1.492473690741966e-05);
            p = Horner(w, p, 0.00012055294904839707, -0.0008548325975389692, 0.0052239776071164225, -0.02686617064323777);
            p = Horner(w, p, 0.11283791670945006, -0.37612638903183543, 1.1283791670955126);
            return p;
        }
    }

    // (x + ½)·erfcx x by t on [−1, 1].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ScaledErfcTimes<TLane>(TLane t) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(-0.00012314020222623455);
            p = Horner(t, p, -0.00018295415639292062, 0.0025381453950660444, -0.008308673129959974, 0.01857324951920534);
            p = Horner(t, p, -0.033058931889560064, 0.04686876394242309, -0.050544127466041, 0.03404833074638004);
            p = Horner(t, p, 0.007691921446448854, -0.06981055570547372, 0.6164975302441511);
            return p;
        }
        else
        {
            TLane p = TLane.Of(-1.382060116867289e-10);
            p = Horner(t, p, 4.6488126318548296e-10, 1.6161986722541016e-09, -6.169365701899222e-09, -1.0362901244090981e-08);
            p = Horner(t, p, 5.3159087969090743e-08, 3.885971620543456e-08, -4.1053239666486683e-07, 1.4586712786544866e-07);
            p = Horner(t, p, 2.85328914962037e-06, -5.610567832982953e-06, -1.2198865571511646e-05, 7.531071304325973e-05);
            p = Horner(t, p, -9.96285762363259e-05, -0.0003788866217971288, 0.002515985034551128, -0.008098867031467385);
            p = Horner(t, p, 0.018583757763169003, -0.03316518290593029, 0.04686641749955632, -0.050519533018159056);
            p = Horner(t, p, 0.034048527127334194, 0.007689826051309987, -0.06981055842028114, 0.6164975593127763);
            return p;
        }
    }
}
