using System.Runtime.CompilerServices;

namespace InfiniteNtk.Kernels.Lanes;

internal static partial class LaneMath
{
    /// <summary>The angle of the point (x, y) in [−π, π]; π/2 · sign(y)·0 = 0 at the origin. Finite arguments.</summary>
    /// <remarks>t = min/max of the magnitudes, arctan t = t·B(t²), B of degree 20 (f64; 8 for f32) on [0, 1].</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Atan2<TLane>(TLane y, TLane x) where TLane : struct, ILane<TLane>
    {
        TLane height = TLane.Abs(y);
        TLane width = TLane.Abs(x);
        TLane steep = TLane.Less(width, height);
        TLane larger = TLane.Select(steep, height, width);
        TLane origin = TLane.Less(larger, TLane.Of(Smallest<TLane>()));
        TLane t = TLane.Select(steep, width, height) / TLane.Select(origin, TLane.Of(1), larger);
        TLane arc = t * ArcTangentOver(t * t);
        arc = TLane.Select(steep, TLane.Of(Math.PI / 2) - arc, arc);
        arc = TLane.Select(TLane.Less(x, TLane.Of(0)), TLane.Of(Math.PI) - arc, arc);
        return TLane.CopySign(arc, y);
    }

    // The smallest normal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Smallest<TLane>() where TLane : struct, ILane<TLane> =>
        TLane.IsSingle ? 1.17549435082228750797e-38 : 2.22507385850720138309e-308;

    // arctan(√w)/√w on [0, 1].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane ArcTangentOver<TLane>(TLane w) where TLane : struct, ILane<TLane>
    {
        if (TLane.IsSingle)
        {
            TLane p = TLane.Of(0.002766283501762026);
            p = Horner(w, p, -0.01573124912218365, 0.04213762358919304, -0.07456854826004547, 0.10618370636953849);
            p = Horner(w, p, -0.14197797794085124, 0.19991872029109073, -0.33333036709286273, 0.9999999817886557);
            return p;
        }
        else
        {
            TLane p = TLane.Of(1.2631178430477426e-05);
            p = Horner(w, p, -0.00014617088163625013, 0.0008033604181626027, -0.0028047655531701315, 0.007038646202989813);
            p = Horner(w, p, -0.013674139288399478, 0.021740213830758134, -0.02970071773623423, 0.03651081352721035);
            p = Horner(w, p, -0.042125723963855326, 0.04719723992321112, -0.052527255573225747, 0.05880342002401543);
            p = Horner(w, p, -0.06666371187721098, 0.0769227555520563, -0.09090906605656898, 0.11111110982087126);
            p = Horner(w, p, -0.14285714281592693, 0.19999999999929946, -0.3333333333333286, 1.0);
            return p;
        }
    }
}
