using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

/// <summary>Closed-form duals against values computed in 40-digit arithmetic.</summary>
public class GoldenDualTests
{
    private static readonly (double P, double Q, double K)[] Triples = [(1.3, 0.7, 0.4), (0.5, 2, -0.6), (0.9, 0.9, 0.9)];

    public static TheoryData<Activation, double[]> Values => new()
    {
        { new Relu(), [0.2653780915189423, 0.3188646691587358, 0.0387737838832563, 0.1475836176504333, 0.45, 0.5] },
        { new LeakyRelu(0.1), [0.2549562541303433, 0.358280382018576, -0.02859323505456239, 0.219542730296851, 0.4545, 0.505] },
        { new AbRelu(-0.25, 0.5), [0.09927517647940506, 0.05436137640178889, 0.09681025343433167, -0.04198421507163128, 0.140625, 0.15625] },
        { new Abs(), [0.6615123660757693, 0.2754586766349432, 0.7550951355330252, -0.4096655293982669, 0.9, 1.0] },
        { new Erf(1, 1, 0), [0.1754796560918218, 0.450158158078553, -0.2477895850902582, 0.4351843172561232, 0.4445022320540025, 0.5936509987536236] },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Dual_agrees_with_forty_digit_values(Activation activation, double[] expected)
    {
        for (int i = 0; i < Triples.Length; i++)
        {
            DualValue<double> actual = DualAt.Double(activation, Triples[i].P, Triples[i].Q, Triples[i].K);
            AssertClose(expected[2 * i], actual.Kappa);
            AssertClose(expected[(2 * i) + 1], actual.KappaDot);
        }
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-14 * Math.Abs(expected) + 1e-16, $"expected {expected:R}, received {actual:R}");
}
