using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

public class DualLawTests
{
    public static TheoryData<DualExample> Examples => [.. DualExample.All];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Dual_is_symmetric_to_the_bit(DualExample example) => DualLaws.AssertSymmetric(example);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Dual_obeys_Cauchy_and_Schwarz(DualExample example) => DualLaws.AssertCauchySchwarz(example);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Equal_inputs_are_exact(DualExample example) => DualLaws.AssertEqualInputsAreExact(example);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Zero_variance_gives_numbers(DualExample example) => DualLaws.AssertZeroVariance(example);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Dual_derivative_is_the_slope_of_the_dual(DualExample example)
    {
        if (example.HasSlope) DualLaws.AssertSlope(example);
        else Assert.True(example.Activation is Sign or ExpNormalized or RectifiedMonomial { Degree: 0 });
    }

    /// <summary>Where an activation saturates, the angle between two copies is smaller than what rounding makes of their covariance.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(1e6)]
    [InlineData(1e12)]
    [InlineData(3e15)]
    public void Equal_inputs_stay_exact_where_the_activation_saturates(double variance)
    {
        foreach (Activation activation in (Activation[])[new Erf(), new SigmoidLike(), new Gelu()])
        {
            DualValue<double> exact = DualAt.Double(activation, variance, variance, variance);
            for (int ulps = -4; ulps <= 4; ulps++)
            {
                DualValue<double> rounded = DualAt.Double(activation, variance, variance, variance * (1 + ulps * 2.220446049250313e-16));
                Assert.Equal(1, rounded.Kappa / exact.Kappa, 1e-13);
                Assert.Equal(1, rounded.KappaDot / exact.KappaDot, 1e-13);
            }
        }
    }

    /// <summary>Between orthogonal inputs half of the units that one opens are open for the other; between opposite ones none, and no output is shared.</summary>
    [Fact]
    public void Rectifiers_are_exact_at_right_and_straight_angles()
    {
        foreach ((double p, double q) in new[] { (1.0, 1.0), (0.3, 7.0), (1e6, 3e-6), (2.0, 5.0) })
        {
            Assert.Equal(0.25, DualAt.Double(new Relu(), p, q, 0).KappaDot);
            Assert.Equal(0.25f, DualAt.Single(new Relu(), (float)p, (float)q, 0).KappaDot);
            Assert.Equal(0.25 * 0.9 * 0.9, DualAt.Double(new AbRelu(-0.1, 1), p, q, 0).KappaDot);
            double k = -Math.Sqrt(p) * Math.Sqrt(q);
            Assert.Equal(new DualValue<double>(0, 0), DualAt.Double(new Relu(), p, q, k));
            Assert.Equal(new DualValue<float>(0, 0), DualAt.Single(new Relu(), (float)p, (float)q, (float)k));
        }
    }

    [Fact]
    public void Zero_inputs_leave_rectifiers_at_a_right_angle()
    {
        foreach ((double p, double q) in new[] { (0.0, 0.0), (0.0, 2.0), (1e-320, 3.0) })
        {
            Assert.Equal(new DualValue<double>(0, 0.25), DualAt.Double(new Relu(), p, q, 0) with { Kappa = 0 });
            Assert.InRange(DualAt.Double(new Relu(), p, q, 0).Kappa, 0, 1e-150);
        }

        Assert.Equal(new DualValue<double>(0, 0), DualAt.Double(new Sign(), 0, 2, 0));
        Assert.Equal(new DualValue<float>(0, 0.25f), DualAt.Single(new Relu(), 0, 2, 0) with { KappaDot = 0.25f });
    }
}
