using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Signatures;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Duals;

public class ActivationCatalogTests
{
    [Fact]
    public void Every_activation_but_the_custom_one_has_exactly_one_row()
    {
        IEnumerable<Type> types = typeof(Activation).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Activation)) && type != typeof(CustomActivation));
        Assert.Equal(
            types.Select(type => type.Name).Order(StringComparer.Ordinal),
            ActivationCatalog.All.Select(row => row.Type.Name).Order(StringComparer.Ordinal));
        Assert.All(ActivationCatalog.All, row => Assert.Equal(row.Type.Name, row.Name));
        Assert.Equal(ActivationCatalog.All.Count, ActivationCatalog.All.Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public void Every_row_is_exercised_by_the_laws() => Assert.Empty(
        ActivationCatalog.All.Select(row => row.Type).Except(DualExample.All.Select(example => example.Activation.GetType())));

    [Fact]
    public void Taking_apart_and_making_again_gives_an_equal_activation()
    {
        foreach (Activation activation in DualExample.All.Select(example => example.Activation))
        {
            Signature<Activation> row = ActivationCatalog.All.Single(row => row.Type == activation.GetType());
            IReadOnlyList<object?> values = row.ValuesOf(activation);
            Assert.Equal(row.Parameters.Count, values.Count);
            Assert.Equal(activation, row.Create(values));
            foreach ((Parameter parameter, object? value) in row.Parameters.Zip(values))
            {
                Assert.Equal(
                    parameter.Kind switch
                    {
                        ParameterKind.Number => typeof(double),
                        ParameterKind.Integer => typeof(int),
                        ParameterKind.Numbers => typeof(double[]),
                        _ => typeof(string),
                    },
                    value!.GetType());
            }
        }
    }

    [Fact]
    public void Defaults_are_those_of_the_constructors()
    {
        foreach (Signature<Activation> row in ActivationCatalog.All.Where(row => row.Parameters.All(p => !p.Required)))
        {
            Activation made = row.Create([.. row.Parameters.Select(parameter => parameter.Default)]);
            var constructor = row.Type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
            object?[] defaults = [.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)];
            Assert.Equal(constructor.Invoke(defaults), made);
        }
    }

    [Fact]
    public void Parameters_outside_their_domain_are_refused()
    {
        Assert.Throws<InvalidArgumentException>(() => new LeakyRelu(double.NaN));
        Assert.Throws<InvalidArgumentException>(() => new AbRelu(1, double.PositiveInfinity));
        Assert.Throws<InvalidArgumentException>(() => new Rbf(0));
        Assert.Throws<InvalidArgumentException>(() => new Rbf(-1));
        Assert.Throws<InvalidArgumentException>(() => new Hermite(-1));
        Assert.Throws<InvalidArgumentException>(() => new Monomial(65));
        Assert.Throws<InvalidArgumentException>(() => new RectifiedMonomial(-1));
        Assert.Throws<InvalidArgumentException>(() => new Polynomial([]));
        Assert.Throws<InvalidArgumentException>(() => new Polynomial([1, double.NaN]));
        Assert.Contains("gamma = -1", Assert.Throws<InvalidArgumentException>(() => new Rbf(-1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variances_at_which_the_dual_diverges_are_named()
    {
        Assert.Null(new Gaussian(1, -1).DomainProblem(1e9));
        Assert.Null(new Gaussian(1, 0.1).DomainProblem(2.4));
        Assert.Contains("q = 2.5", new Gaussian(1, 0.1).DomainProblem(2.5), StringComparison.Ordinal);
        Assert.Null(new Exp().DomainProblem(300));
        Assert.True(double.IsFinite(DualAt.Double(new Exp(), 354, 354, 354).Kappa));
        Assert.Contains("overflows", new Exp().DomainProblem(355), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_without_network_says_so()
    {
        Assert.Throws<UndefinedLimitException>(() => new ExpNormalized().Value(1));
        Assert.Throws<UndefinedLimitException>(() => new ExpNormalized().Derivative(1));
    }

    [Fact]
    public void Custom_activations_take_the_series_or_the_quadrature_and_print_their_name()
    {
        var smooth = new CustomActivation("mish-like", Math.Tanh, x => 1 / (Math.Cosh(x) * Math.Cosh(x)));
        DualValue<double> expected = DualAt.Double(new Tanh(), 1.3, 0.7, 0.4);
        Assert.Equal(expected, DualAt.Double(smooth, 1.3, 0.7, 0.4));
        Assert.Equal("mish-like", smooth.ToString());
        var kinked = new CustomActivation("hinge", x => Math.Max(x, 0), x => x > 0 ? 1 : 0, [0]);
        Assert.Equal(0.2653780915189423, DualAt.Double(kinked, 1.3, 0.7, 0.4).Kappa, 1e-10);
    }
}
