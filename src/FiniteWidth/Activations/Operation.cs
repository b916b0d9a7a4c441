using System.Numerics;
using System.Runtime.InteropServices;
using InfiniteNtk.Kernels.Duals.Expressions;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Activations;

/// <summary>One function applied to many numbers.</summary>
internal abstract class Operation
{
    /// <summary>Numbers of which every length is a multiple: those of the widest vector.</summary>
    public const int Grain = 16;

    /// <summary>Powers with any exponent, number by number.</summary>
    public static Operation Power { get; } = new OneByOne(Math.Pow);

    /// <summary>An operation on lanes.</summary>
    public static Operation Of<TFormula>() where TFormula : struct, ILaneFormula => new OnLanes<TFormula>();

    /// <summary>A function of formulas; number by number where there is none for lanes.</summary>
    public static Operation Of(Primitive primitive) => primitive.Name switch
    {
        "exp" => Of<LaneFormulas.Exp>(),
        "sqrt" => Of<LaneFormulas.Sqrt>(),
        "sin" => Of<LaneFormulas.Sin>(),
        "cos" => Of<LaneFormulas.Cos>(),
        "tanh" => Of<LaneFormulas.Tanh>(),
        "sigmoid" => Of<LaneFormulas.Sigmoid>(),
        "erf" => Of<LaneFormulas.Erf>(),
        "abs" => Of<LaneFormulas.Abs>(),
        "relu" => Of<LaneFormulas.Relu>(),
        "max" => Of<LaneFormulas.Larger>(),
        "min" => Of<LaneFormulas.Smaller>(),
        "sign" => Of<LaneFormulas.Sign>(),
        "step" => Of<LaneFormulas.Step>(),
        "sech2" => Of<LaneFormulas.Sech2>(),
        "bell" => Of<LaneFormulas.Bell>(),
        _ => new OneByOne(primitive.Value),
    };

    /// <summary>y ← f(a, b), all of one length.</summary>
    public abstract void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private sealed class OnLanes<TFormula> : Operation where TFormula : struct, ILaneFormula
    {
        public override void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        {
            if (typeof(T) == typeof(float)) Loop<Single512Lane, float>(Cast<T, float>(a), Cast<T, float>(b), Cast<T, float>(y));
            else Loop<Double512Lane, double>(Cast<T, double>(a), Cast<T, double>(b), Cast<T, double>(y));
        }

        private static void Loop<TLane, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
            where TLane : struct, IStoredLane<TLane, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int i = 0; i <= y.Length - TLane.Count; i += TLane.Count)
            {
                TLane.Store(TFormula.Of(TLane.Load(in a[i]), TLane.Load(in b[i])), ref y[i]);
            }
        }

        private static ReadOnlySpan<TTo> Cast<TFrom, TTo>(ReadOnlySpan<TFrom> span) where TFrom : struct where TTo : struct =>
            MemoryMarshal.Cast<TFrom, TTo>(span);

        private static Span<TTo> Cast<TFrom, TTo>(Span<TFrom> span) where TFrom : struct where TTo : struct =>
            MemoryMarshal.Cast<TFrom, TTo>(span);
    }

    private sealed class OneByOne(Func<double, double, double> function) : Operation
    {
        public override void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        {
            for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(function(double.CreateTruncating(a[i]), double.CreateTruncating(b[i])));
        }
    }
}
