using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

internal static partial class LaneMath
{
    /// <summary>arcsin x for |x| ≤ 1, NaN beyond.</summary>
    /// <remarks>
    /// With t = |x| up to ½, else t = √((1−|x|)/2), arcsin t = t·A(t²), A of degree 12 (f64; 5 for f32) on [0, ¼]; above ½,
    /// arcsin |x| = π/2 − 2·arcsin t.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Asin<TLane>(TLane x) where TLane : struct, ILane<TLane>
    {
        TLane magnitude = TLane.Abs(x);
        TLane upper = TLane.Less(TLane.Of(0.5), magnitude);
        TLane half = (TLane.Of(1) - magnitude) * TLane.Of(0.5);
        TLane w = TLane.Select(upper, half, magnitude * magnitude);
        TLane t = TLane.Select(upper, TLane.Sqrt(half), magnitude);
        TLane arc = t * ArcSineOver(w);
        TLane high = TLane.MultiplyAdd(arc, TLane.Of(-2), TLane.Of(Math.PI / 2));
        return TLane.CopySign(TLane.Select(upper, high, arc), x);
    }

    /// <summary>arccos x for |x| ≤ 1, NaN beyond; relatively accurate near x = 1, where it is √(2(1−x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Acos<TLane>(TLane x) where TLane : struct, ILane<TLane>
    {
        TLane magnitude = TLane.Abs(x);
        TLane upper = TLane.Less(TLane.Of(0.5), magnitude);
        TLane half = (TLane.Of(1) - magnitude) * TLane.Of(0.5);
        TLane w = TLane.Select(upper, half, x * x);
        TLane t = TLane.Select(upper, TLane.Sqrt(half), x);
        TLane arc = t * ArcSineOver(w);
        TLane twice = arc + arc;
        TLane negative = TLane.Less(x, TLane.Of(0));
        TLane high = TLane.Select(negative, TLane.Of(Math.PI) - twice, twice);
        return TLane.Select(upper, high, TLane.Of(Math.PI / 2) - arc);
    }

    /// <summary>
    /// The angle in [0, π/2] whose sine and cosine are given, both accurate and at least 0: an arcsine that needs neither
    /// a division nor a root and loses nothing where the sine is nearly 1.
    /// </summary>
    /// <remarks>t·A(t²) of the smaller one, t² ≤ ½ plus rounding; A of degree 20 (f64; 9 for f32) on [0, ½].</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Angle<TLane>(TLane sine, TLane cosine) where TLane : struct, ILane<TLane>
    {
        TLane t = TLane.Min(cosine, sine);
        TLane arc = t * ArcSineOverWide(t * t);
        return TLane.Select(TLane.Less(cosine, sine), TLane.Of(Math.PI / 2) - arc, arc);
    }

    // arcsin(√w)/√w on [0, ¼].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ArcSineOver<TLane>(TLane w) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(0.04241737375979984);
            p = Horner(w, p, 0.02399399965364759, 0.045520635631714566, 0.07494696687423973, 0.16666782005775338);
            p = Horner(w, p, 0.999999995983738);
            return p;
        }
        else
        {
            TLane p = TLane.Of(0.03187962140081284);
            p = Horner(w, p, -0.016187392271599134, 0.019513468251252167, 0.0065293020047365695, 0.012170138592391726);
            p = Horner(w, p, 0.01388484282640208, 0.01735977964134998, 0.022371749733164054, 0.03038195969768514);
            p = Horner(w, p, 0.044642856805998936, 0.07500000000385201, 0.16666666666664942, 1.0);
            return p;
        }
    }

    // arcsin(√w)/√w on [0, ½].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ArcSineOverWide<TLane>(TLane w) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(0.14315106122330062);
            p = Horner(w, p, -0.1955462730380675, 0.16083178354554348, -0.04106808870534895, 0.03620817622762058);
            p = Horner(w, p, 0.028433801311241912, 0.044797868648363166, 0.07499381287529563, 0.16666676148878942);
            p = Horner(w, p, 0.9999999997624108);
            return p;
        }
        else
        {
            TLane p = TLane.Of(1.4326072705765098);
            p = Horner(w, p, -6.008042872156452, 11.99054929620933, -14.884387574231052, 12.830658050319302);
            p = Horner(w, p, -8.097162378402428, 3.878312067627145, -1.4218180318389972, 0.41616195625122965);
            p = Horner(w, p, -0.08458119964926274, 0.02446902457333711, 0.00758177172566054, 0.011778012699157943);
            p = Horner(w, p, 0.01394720494599378, 0.017353770558111315, 0.022372118687437575, 0.03038194552436468);
            p = Horner(w, p, 0.04464285712523146, 0.075000000000152, 0.16666666666666616, 1.0);
            return p;
        }
    }

    // arcsin(√w)/√w on [0, sin² π/8], double precision only.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLane ArcSineOverNarrow<TLane>(TLane w) where TLane : struct, ILane<TLane>
    {
        TLane p = TLane.Of(0.017621406719819568);
        p = Horner(w, p, 0.00610258324106671, 0.012318435689868077, 0.013867689439773956, 0.0173605689978962);
        p = Horner(w, p, 0.022371759605907794, 0.030381957126451947, 0.044642856908859295, 0.07500000000220788);
        p = Horner(w, p, 0.16666666666665855, 1.0);
        return p;
    }
}
