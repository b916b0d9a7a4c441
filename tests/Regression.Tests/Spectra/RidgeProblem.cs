using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Tests.Support;

namespace InfiniteNtk.Regression.Tests.Spectra;

/// <summary>A random spectrum with n, ridge and noise such that ridge > 0 or n is below the rank.</summary>
public sealed record RidgeProblem(double[] Eigenvalues, double[] Multiplicities, double[] Power, double N, double Ridge, double Noise)
{
    private static readonly Gen<double> Unit = Gen.Choose(0, 1_000_000).Select(i => i / 1e6);

    public static Arbitrary<RidgeProblem> Arbitrary { get; } = Make().ToArbitrary();

    public Spectrum Spectrum => new(Eigenvalues, Power, Multiplicities);

    public RidgePrediction Predict() => Predict(N);

    public RidgePrediction Predict(double n) => new RidgeCurve(Spectrum, Ridge, Noise).At(n);

    public static void Check(Func<RidgeProblem, bool> law, ulong seed, int cases = 300) => Prop.ForAll(Arbitrary, law)
        .Check(RandomCases.Of(cases, seed));

    public override string ToString() =>
        $"lambda [{string.Join(", ", Eigenvalues)}], N [{string.Join(", ", Multiplicities)}], v2 [{string.Join(", ", Power)}], n {N}, ridge {Ridge}, noise {Noise}";

    private static Gen<double> Log(double low, double high) => Unit.Select(t => low * Math.Pow(high / low, t));

    private static Gen<RidgeProblem> Make() =>
        from levels in Gen.Choose(1, 25)
        from eigenvalues in Gen.ArrayOf(Gen.Frequency((9, Log(1e-6, 10)), (1, Gen.Constant(0.0))), levels)
        from first in Log(1e-3, 10)
        from multiplicities in Gen.ArrayOf(Gen.Choose(1, 12).Select(value => (double)value), levels)
        from power in Gen.ArrayOf(Gen.Frequency((4, Log(1e-4, 2)), (1, Gen.Constant(0.0))), levels)
        from firstPower in Log(1e-2, 2)
        from part in Unit
        from ridgeless in Gen.Choose(0, 3)
        from ridge in Log(1e-5, 10)
        from noise in Gen.Frequency((1, Gen.Constant(0.0)), (2, Log(1e-3, 1)))
        select Assemble(eigenvalues, first, multiplicities, power, firstPower, part, ridgeless == 0 ? 0 : ridge, noise);

    private static RidgeProblem Assemble(
        double[] eigenvalues, double first, double[] multiplicities, double[] power, double firstPower, double part, double ridge, double noise)
    {
        eigenvalues[0] = first;
        power[0] = firstPower;
        double rank = eigenvalues.Zip(multiplicities).Where(level => level.First > 0).Sum(level => level.Second);
        double n = ridge == 0 ? rank * (0.02 + 0.95 * part) : 0.1 + 3 * rank * part;
        return new RidgeProblem(eigenvalues, multiplicities, power, n, ridge, noise);
    }
}
