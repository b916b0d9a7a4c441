using System.Globalization;
using InfiniteNtk.Kernels.Lanes;
using Xunit;
using Xunit.Abstractions;

namespace InfiniteNtk.Kernels.Tests.Lanes;

/// <summary>Every lane function against 106-bit tables, in units in the last place (docs/numerics.md lists the same bounds).</summary>
public class LaneMathTests(ITestOutputHelper output)
{
    private static readonly List<(string Function, double X, double Y, double High, double Low)> Table = Read();

    public static TheoryData<string, double, double> Bounds => new()
    {
        // function, ulp in f64, ulp in f32
        { "asin", 1.6, 2.1 },
        { "acos", 1.6, 1.6 },
        { "atan2", 1.6, 1.6 },
        { "exp", 1.1, 1.1 },
        { "expm1", 1.6, 1.6 },
        { "erf", 1.3, 2.2 },
        { "erfcx", 3.0, 4.6 },
        { "sin", 1.0, 1.3 },
        { "cos", 1.0, 1.9 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Lane_function_stays_within_its_stated_error(string function, double doubleBound, double singleBound)
    {
        double worstDouble = 0;
        double worstSingle = 0;
        foreach (var row in Table.Where(row => row.Function == function))
        {
            double value = Evaluate(function, new DoubleLane(row.X), new DoubleLane(row.Y)).Value;
            double ulp = Math.BitIncrement(Math.Abs(row.High)) - Math.Abs(row.High);
            worstDouble = Worse(worstDouble, Math.Abs(value - row.High - row.Low) / ulp);

            float single = Evaluate(function, new SingleLane((float)row.X), new SingleLane((float)row.Y)).Value;
            double singleUlp = Math.Max(MathF.BitIncrement((float)Math.Abs(row.High)) - (float)Math.Abs(row.High), 1e-44);
            worstSingle = Worse(worstSingle, Math.Abs(single - row.High) / singleUlp);
        }

        output.WriteLine($"{function}: {worstDouble:F2} ulp in f64, {worstSingle:F2} ulp in f32");
        Assert.True(worstDouble <= doubleBound && worstSingle <= singleBound,
            $"{function}: {worstDouble:F3} ulp of {doubleBound} in f64, {worstSingle:F3} ulp of {singleBound} in f32");
    }

    private static double Worse(double worst, double error) => double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);

    internal static TLane Evaluate<TLane>(string function, TLane x, TLane y) where TLane : struct, ILane<TLane> => function switch
    {
        "asin" => LaneMath.Asin(x),
        "acos" => LaneMath.Acos(x),
        "atan2" => LaneMath.Atan2(x, y),
        "exp" => LaneMath.Exp(x),
        "expm1" => LaneMath.ExpMinusOne(x),
        "erf" => LaneMath.Erf(x),
        "erfcx" => LaneMath.ScaledErfc(x),
        "sin" => LaneMath.Sin(x),
        "cos" => LaneMath.Cos(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static List<(string, double, double, double, double)> Read()
    {
        using Stream stream = typeof(LaneMathTests).Assembly.GetManifestResourceStream("Lanes.lane-functions.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var rows = new List<(string, double, double, double, double)>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            rows.Add((cells[0], Number(cells[1]), cells[2].Length == 0 ? 0 : Number(cells[2]), Number(cells[3]), Number(cells[4])));
        }

        return rows;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
