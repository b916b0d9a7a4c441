using InfiniteNtk.Kernels.Lanes;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Lanes;

/// <summary>Each place of a wide lane holds the bits that the scalar lane gives, and the scalar lane does what ILane says.</summary>
public class LaneConformanceTests
{
    private static readonly double[] Special =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 1e-30, -1e30, 1e-45, 1e-310, double.Epsilon, float.MaxValue, double.MaxValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, 3, 1 - 1e-9, 88.7, -745.2,
    ];

    private static readonly string[] Functions =
        ["asin", "acos", "atan2", "exp", "expm1", "erf", "erfcx", "sin", "cos"];

    [Fact]
    public void Double_lane_does_what_the_contract_says()
    {
        static double V(DoubleLane lane) => lane.Value;
        Assert.Equal(5, V(DoubleLane.MultiplyAdd(DoubleLane.Of(1.5), DoubleLane.Of(2), DoubleLane.Of(2))));
        Assert.Equal(-3, V(DoubleLane.CopySign(DoubleLane.Of(3), DoubleLane.Of(-0.0))));
        Assert.Equal(2, V(DoubleLane.Round(DoubleLane.Of(2.5))));
        Assert.Equal(12, V(DoubleLane.ScaleByPowerOfTwo(DoubleLane.Of(1.5), DoubleLane.Of(3))));
        Assert.Equal(7, V(DoubleLane.Min(DoubleLane.Of(double.NaN), DoubleLane.Of(7))));
        Assert.True(double.IsNaN(V(DoubleLane.Max(DoubleLane.Of(7), DoubleLane.Of(double.NaN)))));
        Assert.Equal(2, V(DoubleLane.Select(DoubleLane.Less(DoubleLane.Of(1), DoubleLane.Of(1)), DoubleLane.Of(1), DoubleLane.Of(2))));
        Assert.Equal(2, V(DoubleLane.Select(DoubleLane.Less(DoubleLane.Of(double.NaN), DoubleLane.Of(1)), DoubleLane.Of(1), DoubleLane.Of(2))));
        Assert.Equal(1, V(DoubleLane.Select(DoubleLane.Less(DoubleLane.Of(0), DoubleLane.Of(1)), DoubleLane.Of(1), DoubleLane.Of(2))));
        Assert.True(double.IsNaN(V(DoubleLane.Sqrt(DoubleLane.Of(-1)))));
        Assert.Equal(2, V(DoubleLane.SqrtAbove(DoubleLane.Of(4), DoubleLane.Of(3.5))));
        Assert.Equal(0, V(DoubleLane.SqrtAbove(DoubleLane.Of(4), DoubleLane.Of(4))));
        Assert.Equal(0, V(DoubleLane.SqrtAbove(DoubleLane.Of(double.NaN), DoubleLane.Of(0))));
        Assert.Equal(0.1f, SingleLane.Of(0.1).Value);
        Assert.Equal(-3f, SingleLane.CopySign(SingleLane.Of(3), SingleLane.Of(-0.0)).Value);
        Assert.Equal(7f, SingleLane.Min(SingleLane.Of(double.NaN), SingleLane.Of(7)).Value);
        Assert.Equal(12f, SingleLane.ScaleByPowerOfTwo(SingleLane.Of(1.5), SingleLane.Of(3)).Value);
    }

    [Fact]
    public void Wide_double_lane_equals_the_scalar_lane_bit_for_bit() =>
        AssertSameBits<Double512Lane, DoubleLane, double>(x => x, BitConverter.DoubleToInt64Bits);

    [Fact]
    public void Wide_single_lane_equals_the_scalar_lane_bit_for_bit() =>
        AssertSameBits<Single512Lane, SingleLane, float>(x => (float)x, x => BitConverter.SingleToInt32Bits(x));

    [Fact]
    public void Half_width_double_lane_equals_the_scalar_lane_bit_for_bit() =>
        AssertSameBits<Double256Lane, DoubleLane, double>(x => x, BitConverter.DoubleToInt64Bits);

    [Fact]
    public void Half_width_single_lane_equals_the_scalar_lane_bit_for_bit() =>
        AssertSameBits<Single256Lane, SingleLane, float>(x => (float)x, x => BitConverter.SingleToInt32Bits(x));

    [Fact]
    public void Triple_double_lane_equals_the_scalar_lane_bit_for_bit() =>
        AssertSameBits<Double1536Lane, DoubleLane, double>(x => x, BitConverter.DoubleToInt64Bits);

    [Fact]
    public void Triple_single_lane_equals_the_scalar_lane_bit_for_bit() =>
        AssertSameBits<Single1536Lane, SingleLane, float>(x => (float)x, x => BitConverter.SingleToInt32Bits(x));

    [Fact]
    public void Lanes_find_vectors_and_numbers_by_their_places()
    {
        AssertPlaces<DoubleLane, double>(1);
        AssertPlaces<SingleLane, float>(1);
        AssertPlaces<Double256Lane, double>(1);
        AssertPlaces<Single256Lane, float>(1);
        AssertPlaces<Double512Lane, double>(1);
        AssertPlaces<Single512Lane, float>(1);
        AssertPlaces<Double1536Lane, double>(3);
        AssertPlaces<Single1536Lane, float>(3);
    }

    private static unsafe void AssertPlaces<TLane, T>(int vectors)
        where TLane : struct, IStoredLane<TLane, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int width = TLane.Count / vectors;
        T[] numbers = [.. Enumerable.Range(0, 8 * width).Select(i => T.CreateChecked(i))], read = new T[TLane.Count];
        int[] places = [5, 0, 7];
        fixed (T* source = numbers)
        {
            fixed (int* at = places)
            {
                TLane.Store(TLane.LoadAt(source, at), ref read[0]);
                Assert.Equal(Enumerable.Range(0, TLane.Count).Select(i => numbers[places[i / width] * width + i % width]), read);
                TLane.Store(TLane.BroadcastAt(source, at), ref read[0]);
                Assert.Equal(Enumerable.Range(0, TLane.Count).Select(i => numbers[places[i / width]]), read);
            }
        }
    }

    private static void AssertSameBits<TWide, TScalar, T>(Func<double, T> convert, Func<T, long> bits)
        where TWide : struct, IStoredLane<TWide, T>
        where TScalar : struct, IStoredLane<TScalar, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] a = Numbers(1, convert);
        T[] b = Numbers(2, convert);
        T[] c = Numbers(3, convert);
        var wide = new T[TWide.Count];
        var scalar = new T[1];
        var wideOperations = Operations<TWide>();
        var scalarOperations = Operations<TScalar>();
        for (int i = 0; i + TWide.Count <= a.Length; i++)
        {
            for (int operation = 0; operation < wideOperations.Length; operation++)
            {
                (string name, var evaluate) = wideOperations[operation];
                TWide.Store(evaluate(TWide.Load(ref a[i]), TWide.Load(ref b[i]), TWide.Load(ref c[i])), ref wide[0]);
                for (int place = 0; place < TWide.Count; place++)
                {
                    int j = i + place;
                    TScalar value = scalarOperations[operation].Evaluate(
                        TScalar.Load(ref a[j]), TScalar.Load(ref b[j]), TScalar.Load(ref c[j]));
                    TScalar.Store(value, ref scalar[0]);
                    Assert.True(bits(scalar[0]) == bits(wide[place]) || (T.IsNaN(scalar[0]) && T.IsNaN(wide[place])),
                        $"{name}({a[j]}, {b[j]}, {c[j]}): scalar {scalar[0]}, place {place} {wide[place]}");
                }
            }
        }
    }

    private static T[] Numbers<T>(int seed, Func<double, T> convert)
    {
        var random = new Random(seed);
        double[] numbers = [.. Enumerable.Range(0, 400).Select(i =>
            i % 3 == 0 ? Special[random.Next(Special.Length)] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 3)))];
        return [.. numbers.Select(convert)];
    }

    private static (string Name, Func<TLane, TLane, TLane, TLane> Evaluate)[] Operations<TLane>() where TLane : struct, ILane<TLane> =>
    [
        ("+", (a, b, _) => a + b),
        ("-", (a, b, _) => a - b),
        ("*", (a, b, _) => a * b),
        ("/", (a, b, _) => a / b),
        ("negate", (a, _, _) => -a),
        ("multiply-add", TLane.MultiplyAdd),
        ("sqrt", (a, _, _) => TLane.Sqrt(a)),
        ("sqrt above", (a, b, _) => TLane.SqrtAbove(a, TLane.Abs(b))),
        ("abs", (a, _, _) => TLane.Abs(a)),
        ("copysign", (a, b, _) => TLane.CopySign(a, b)),
        ("min", (a, b, _) => TLane.Min(a, b)),
        ("max", (a, b, _) => TLane.Max(a, b)),
        ("round", (a, _, _) => TLane.Round(a)),
        ("scale", (a, b, _) => TLane.ScaleByPowerOfTwo(a, TLane.Round(TLane.Select(TLane.Less(TLane.Abs(b), TLane.Of(100)), b, TLane.Of(2))))),
        ("less and select", (a, b, c) => TLane.Select(TLane.Less(a, b), c, a)),
        .. Functions.Select(name => (name, new Func<TLane, TLane, TLane, TLane>((a, b, _) => LaneMathTests.Evaluate(name, a, b)))),
    ];
}
