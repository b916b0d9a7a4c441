using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Duals.Expressions;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

public class ElementwiseTests
{
    [Theory]
    [InlineData("x*sigmoid(1.702*x)")]
    [InlineData("2 - (3 - x) - x/2/(x/4)")]
    [InlineData("-x^2^3 + (-x)^2 + 2^-x")]
    [InlineData("a", false)]
    [InlineData("max(x, -0.1*x)*erf(pi*x/e) + min(1e-3, abs(x))")]
    [InlineData("--x - -(x + 1)*(x + (2 + x))")]
    public void Printing_and_parsing_are_inverse(string text, bool valid = true)
    {
        if (!valid)
        {
            Assert.Throws<ParseException>(() => ExpressionParser.Parse(text));
            return;
        }

        Expression parsed = ExpressionParser.Parse(text);
        Assert.Equal(parsed, ExpressionParser.Parse(parsed.ToString()));
        Assert.Equal(parsed.ToString(), ExpressionParser.Parse(parsed.ToString()).ToString());
    }

    [Fact]
    public void Random_formulas_survive_printing_and_parsing()
    {
        var random = new Random(5);
        for (int i = 0; i < 2000; i++)
        {
            Expression made = Make(random, 5);
            Expression read = ExpressionParser.Parse(made.ToString());
            Assert.Equal(made, read);
            double x = random.NextDouble() + 0.1;
            Assert.Equal(made.At(x), read.At(x));
        }
    }

    [Theory]
    [InlineData("2*x^3 - x", 0.7, 1.94)]
    [InlineData("-x^2", 3, -6)]
    [InlineData("x^x", 1.5, 2.5819654574297)]
    [InlineData("exp(sin(x)) + log(1 + x^2)*cos(x)", 0.3, 1.7425838270)]
    [InlineData("x/(1 + abs(x))", -0.5, 0.4444444444444)]
    [InlineData("max(x, 0.1*x) + min(x, 2)", -1, 1.1)]
    [InlineData("sqrt(1 + x^2)", 0.75, 0.6)]
    [InlineData("tanh(x) + erf(x) + softplus(x) + sigmoid(x)", 0.4, 2.6515935)]
    [InlineData("relu(x - 1)^2", 3, 4)]
    public void Symbolic_derivative_agrees_with_differences(string text, double x, double roughly)
    {
        var activation = new Elementwise(text);
        double h = 1e-4;
        double difference = ((8 * (activation.Value(x + h) - activation.Value(x - h)))
            - (activation.Value(x + (2 * h)) - activation.Value(x - (2 * h)))) / (12 * h);
        Assert.Equal(difference, activation.Derivative(x), 1e-9);
        Assert.Equal(roughly, difference, 0.2);
    }

    [Theory]
    [InlineData("x +", 4, "the text ends here")]
    [InlineData("x*", 3, "the text ends here")]
    [InlineData("foo(x)", 1, "does not know 'foo'")]
    [InlineData("x ? 2", 3, "found '?'")]
    [InlineData("max(x)", 6, "expected ','")]
    [InlineData("(x + 1", 7, "expected ')'")]
    [InlineData("sin x", 5, "expected '('")]
    [InlineData("", 1, "the text ends here")]
    [InlineData("1.2.3", 1, "finite number")]
    [InlineData("1e999", 1, "finite number")]
    [InlineData("2x", 2, "found 'x'")]
    public void Unreadable_text_is_refused_at_its_place(string text, int place, string because)
    {
        var error = Assert.Throws<ParseException>(() => new Elementwise(text));
        Assert.Contains($"at character {place} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.Contains("\n    " + new string(' ', place - 1) + "^", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_nesting_is_refused()
    {
        Assert.Throws<ParseException>(() => new Elementwise(new string('(', 100_000)));
        Assert.Throws<ParseException>(() => new Elementwise(new string('-', 1000) + "x"));
        Assert.Throws<ParseException>(() => new Elementwise("x" + string.Concat(Enumerable.Repeat("+x", 5000))));
    }

    [Fact]
    public void Equal_formulas_are_equal_activations()
    {
        Assert.Equal(new Elementwise("x * (2)"), new Elementwise("x*2"));
        Assert.NotEqual<Activation>(new Elementwise("x*2"), new Elementwise("2*x"));
        Assert.Equal("x*2", new Elementwise(" x *2 ").Expression);
    }

    [Theory]
    [InlineData("x*sigmoid(1.702*x)", 0)]
    [InlineData("relu(x - 1) + abs(x + 2)", 2)]
    [InlineData("max(x, 0.1*x)", 1)]
    [InlineData("sqrt(1 + x^2)/(2 + cos(x))", 0)]
    [InlineData("log(1 + exp(x))", 0)]
    [InlineData("abs(x^2 - 4)", 2)]
    public void Kinks_are_found(string text, int count)
    {
        ValueList<double> kinks = KinkFinder.Find(ExpressionParser.Parse(text));
        Assert.Equal(count, kinks.Count);
    }

    [Fact]
    public void Kinks_away_from_zero_are_integrated_exactly()
    {
        // E relu(u − t)² = (q + t²)·Φ(−t/√q) − t√q·φ(t/√q).
        foreach ((double q, double t) in new[] { (1.0, 0.5), (4.0, -1.0), (100.0, 3.0), (0.01, 0.1) })
        {
            var activation = new Elementwise($"relu(x - {(t < 0 ? $"(-{-t})" : t)})".Replace(',', '.'));
            double z = t / Math.Sqrt(q);
            double expected = ((q + (t * t)) * Normal.Distribution(-z)) - (t * Math.Sqrt(q) * Normal.Density(z));
            Assert.Equal(1, DualAt.Double(activation, q, q, q).Kappa / expected, 1e-9);
        }
    }

    [Fact]
    public void A_kinked_expression_agrees_with_the_closed_form()
    {
        foreach ((double p, double q, double rho) in new[]
            { (1.0, 1.0, 0.3), (2.0, 0.5, -0.999), (1e-6, 3.0, 0.99999), (1e4, 1.0, 0.5), (1.0, 1.0, -1.0), (1.0, 0.0, 0.0) })
        {
            double k = rho * Math.Sqrt(p) * Math.Sqrt(q);
            DualValue<double> expected = DualAt.Double(new LeakyRelu(0.2), p, q, k);
            DualValue<double> actual = DualAt.Double(new Elementwise("max(x, 0.2*x)"), p, q, k);
            DualValue<double> scale = DualLaws.Scale(new LeakyRelu(0.2), p, q);
            Assert.True(Math.Abs(expected.Kappa - actual.Kappa) <= 1e-9 * scale.Kappa + 1e-300, $"{p} {q} {rho}: {expected} {actual}");
            Assert.True(Math.Abs(expected.KappaDot - actual.KappaDot) <= 1e-9 * scale.KappaDot, $"{p} {q} {rho}: {expected} {actual}");
        }
    }

    [Theory]
    [InlineData("1/x", 1)]
    [InlineData("log(x)", 1)]
    [InlineData("exp(x^2)", 1)]
    [InlineData("sin(1000*x)", 10)]
    public void What_cannot_be_computed_fails_clearly(string text, double variance)
    {
        var error = Assert.Throws<NumericalFailureException>(() => DualAt.Double(new Elementwise(text), variance, variance, variance));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    private static Expression Make(Random random, int depth) => random.Next(depth > 0 ? 10 : 3) switch
    {
        0 => new Expression.Variable(),
        1 => new Expression.Number(Math.Round(random.NextDouble() * 10, 2)),
        2 => new Expression.Named("pi", Math.PI),
        3 => new Expression.Minus(Make(random, depth - 1)),
        4 => new Expression.Sum(Make(random, depth - 1), Make(random, depth - 1)),
        5 => new Expression.Difference(Make(random, depth - 1), Make(random, depth - 1)),
        6 => new Expression.Product(Make(random, depth - 1), Make(random, depth - 1)),
        7 => new Expression.Quotient(Make(random, depth - 1), Make(random, depth - 1)),
        8 => new Expression.Power(Make(random, depth - 1), Make(random, depth - 1)),
        _ => random.Next(2) == 0
            ? Primitive.Of("tanh", Make(random, depth - 1))
            : new Expression.Call(Primitive.Find("max")!, [Make(random, depth - 1), Make(random, depth - 1)]),
    };
}
