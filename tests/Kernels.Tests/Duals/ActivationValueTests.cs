using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

public class ActivationValueTests
{
    public static TheoryData<DualExample> Examples =>
        [.. DualExample.All.Where(example => example.Activation is not ExpNormalized)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Derivative_is_the_slope_of_the_value_away_from_kinks(DualExample example)
    {
        foreach (double x in new[] { -3.7, -1.1, -0.2, 0.3, 0.9, 2.6 })
        {
            const double h = 1e-3;
            double slope = ((672 * Step(1)) - (168 * Step(2)) + (32 * Step(3)) - (3 * Step(4))) / (840 * h);
            double size = 1 + Math.Abs(example.Activation.Derivative(x)) + Math.Abs(example.Activation.Value(x));
            Assert.Equal(slope, example.Activation.Derivative(x), 1e-8 * size);
            double Step(int i) => example.Activation.Value(x + (i * h)) - example.Activation.Value(x - (i * h));
        }
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    [InlineData(800)]
    [InlineData(-800)]
    public void Saturating_activations_stay_finite_far_out(double x)
    {
        foreach (Activation activation in new Activation[] { new Tanh(), new Sigmoid(), new Softplus(), new Swish(), new Elu(), new Selu(), new Gelu(), new Erf() })
        {
            Assert.True(double.IsFinite(activation.Value(x)), $"{activation} at {x}");
            Assert.InRange(activation.Derivative(x), -0.01, 1.1);
        }
    }
}
