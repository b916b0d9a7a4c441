using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

/// <summary>Activations given as code: a wrong derivative and a forgotten kink are refused, a derivative that was left out is found.</summary>
public class CustomActivationTests
{
    public static TheoryData<string, Activation> Smooth => new()
    {
        { "tanh", new Tanh() }, { "softplus", new Softplus() }, { "swish", new Swish() }, { "gelu", new Gelu() }, { "sin", new Sin() },
        { "cube", new Monomial(3) }, { "erf", new Erf() },
    };

    [Theory]
    [MemberData(nameof(Smooth))]
    public void A_derivative_that_was_left_out_is_found(string name, Activation known)
    {
        var derived = new CustomActivation(name, known.Value);
        foreach (double x in new[] { -30.3, -7, -1.5, -0.01, 0, 1e-9, 0.3, 2, 9.75, 88 })
        {
            double scale = Math.Max(Math.Abs(known.Derivative(x)), Math.Max(1, Math.Abs(known.Value(x))));
            Assert.InRange(Math.Abs(derived.Derivative(x) - known.Derivative(x)) / scale, 0, 2e-12);
        }

        DualValue<double> expected = DualAt.Double(known, 1.3, 0.7, 0.4), actual = DualAt.Double(derived, 1.3, 0.7, 0.4);
        Assert.Equal(expected.Kappa, actual.Kappa, 1e-12);
        Assert.Equal(expected.KappaDot, actual.KappaDot, 1e-11);
    }

    [Fact]
    public void A_derivative_is_found_on_both_sides_of_kinks()
    {
        var leaky = new CustomActivation("leaky", x => Math.Max(x, 0.2 * x), kinks: [0]);
        Assert.Equal((0.2, 1, 0.6), (Math.Round(leaky.Derivative(-1e-7), 9), Math.Round(leaky.Derivative(1e-7), 9), Math.Round(leaky.Derivative(0), 9)));
        DualValue<double> expected = DualAt.Double(new LeakyRelu(0.2), 1.3, 0.7, 0.4), actual = DualAt.Double(leaky, 1.3, 0.7, 0.4);
        Assert.Equal(expected.Kappa, actual.Kappa, 1e-8);
        Assert.Equal(expected.KappaDot, actual.KappaDot, 1e-8);
        var clipped = new CustomActivation("clip", x => Math.Clamp(x, 0, 0.01), kinks: [0, 0.01]);
        Assert.Equal((0, 1, 0, 0.5), (Math.Round(clipped.Derivative(-3), 9), Math.Round(clipped.Derivative(0.004), 9), Math.Round(clipped.Derivative(0.011), 9), Math.Round(clipped.Derivative(0.01), 9)));
    }

    [Fact]
    public void A_derivative_that_is_not_the_slope_is_refused()
    {
        Refused(() => new CustomActivation("t", Math.Tanh, _ => 1), "is given as 1, but the slope of φ there is 0.99");
        Refused(() => new CustomActivation("t", Math.Tanh, x => 1 - (0.999 * Math.Tanh(x) * Math.Tanh(x))), "φ′(");
        Refused(() => new CustomActivation("g", Math.Exp, _ => double.NaN), "NaN");
        Refused(() => new CustomActivation("h", x => Math.Max(x, 0), x => x > 0 ? 2 : 0, [0]), "is given as 2, but the slope of φ there is 1");
        Assert.Equal("s", new CustomActivation("s", x => Math.Sign(x), _ => 0, [0]).Name);
    }

    [Fact]
    public void A_kink_that_was_forgotten_is_named()
    {
        Refused(() => new CustomActivation("hinge", x => Math.Max(x, 0), x => x > 0 ? 1 : 0), "φ seems to bend or jump at x = 0", "Pass kinks: [0]");
        Refused(() => new CustomActivation("hinge", x => Math.Max(x, 0)), "at x = 0");
        Refused(() => new CustomActivation("hard tanh", x => Math.Clamp(x, -1, 1), x => Math.Abs(x) < 1 ? 1 : 0), "at x = -1, 1", "[-1, 1]");
        Refused(() => new CustomActivation("hard tanh", x => Math.Clamp(x, -1, 1), x => Math.Abs(x) < 1 ? 1 : 0, [1]), "at x = -1", "[-1, 1]");
        Refused(() => new CustomActivation("shifted", x => Math.Abs(x - (1.0 / 3))), "at x = 0.333333");
        Refused(() => new CustomActivation("step", x => Math.Sign(x), _ => 0), "at x = 0");
        Refused(() => new CustomActivation("stairs", Math.Floor, _ => 0), "more places");
        Refused(() => new CustomActivation("far", x => x + (0.01 * Math.Abs(x - 60)), x => x < 60 ? 0.99 : 1.01), "at x = 60");
        // φ is differentiable, φ′ bends.
        Refused(() => new CustomActivation("squared hinge", x => x > 0 ? x * x : 0, x => x > 0 ? 2 * x : 0), "φ′ seems to bend or jump at x = 0");
        Refused(() => new CustomActivation("squared hinge", x => x > 0 ? x * x : 0), "cannot be found from φ", "Pass the derivative");
    }

    [Fact]
    public void Equality_is_that_of_what_was_given()
    {
        Func<double, double> function = Math.Tanh;
        Assert.Equal(new CustomActivation("t", function), new CustomActivation("t", function));
        Assert.NotEqual(new CustomActivation("t", function), new CustomActivation("u", function));
        Assert.NotEqual(new CustomActivation("t", function), new CustomActivation("t", function, kinks: [2]));
    }

    private static void Refused(Func<CustomActivation> make, params string[] parts)
    {
        string message = Assert.Throws<InvalidArgumentException>(make).Message;
        foreach (string part in parts) Assert.Contains(part, message, StringComparison.Ordinal);
    }
}
