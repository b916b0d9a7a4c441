using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Activations;

/// <summary>The functions that formulas of activations are made of; NaN gives what the same formula gives number by number.</summary>
internal static class LaneFormulas
{
    public readonly struct Negative : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => -a;
    }

    public readonly struct Sum : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => a + b;
    }

    public readonly struct Difference : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => a - b;
    }

    public readonly struct Product : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => a * b;
    }

    public readonly struct Quotient : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => a / b;
    }

    public readonly struct Sqrt : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => TLane.Sqrt(a);
    }

    public readonly struct Exp : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => LaneMath.Exp(a);
    }

    public readonly struct Sin : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => LaneMath.Sin(a);
    }

    public readonly struct Cos : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => LaneMath.Cos(a);
    }

    public readonly struct Erf : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => LaneMath.Erf(a);
    }

    public readonly struct Abs : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => TLane.Abs(a);
    }

    public readonly struct Relu : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => TLane.Max(TLane.Of(0), a);
    }

    /// <summary>Half of both where neither is smaller: equal ones, or NaN.</summary>
    public readonly struct Larger : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> =>
            TLane.Select(TLane.Less(a, b), b, TLane.Select(TLane.Less(b, a), a, TLane.Of(0.5) * a + TLane.Of(0.5) * b));
    }

    /// <summary>As <see cref="Larger"/>.</summary>
    public readonly struct Smaller : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> =>
            TLane.Select(TLane.Less(a, b), a, TLane.Select(TLane.Less(b, a), b, TLane.Of(0.5) * a + TLane.Of(0.5) * b));
    }

    public readonly struct Sign : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> =>
            TLane.Select(TLane.Less(TLane.Of(0), a), TLane.Of(1), TLane.Select(TLane.Less(a, TLane.Of(0)), TLane.Of(-1), TLane.Of(0)));
    }

    /// <summary>0, ½ at the step, 1.</summary>
    public readonly struct Step : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> =>
            TLane.Select(TLane.Less(TLane.Of(0), a), TLane.Of(1), TLane.Select(TLane.Less(a, TLane.Of(0)), TLane.Of(0), TLane.Of(0.5)));
    }

    public readonly struct Sigmoid : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => TLane.Of(1) / (TLane.Of(1) + LaneMath.Exp(-a));
    }

    /// <summary>(1 − e)/(1 + e) with e = exp(−2|a|), the numerator without cancellation.</summary>
    public readonly struct Tanh : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane>
        {
            TLane lessOne = LaneMath.ExpMinusOne(TLane.Of(-2) * TLane.Abs(a));
            return TLane.CopySign(lessOne / (TLane.Of(2) + lessOne), a);
        }
    }

    /// <summary>1/cosh² = 4e/(1 + e)² with e = exp(−2|a|).</summary>
    public readonly struct Sech2 : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane>
        {
            TLane e = LaneMath.Exp(TLane.Of(-2) * TLane.Abs(a)), one = TLane.Of(1);
            return TLane.Of(4) * e / ((one + e) * (one + e));
        }
    }

    /// <summary>2/√π·exp(−a²).</summary>
    public readonly struct Bell : ILaneFormula
    {
        public static TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => TLane.Of(1.1283791670955126) * LaneMath.Exp(-(a * a));
    }
}
