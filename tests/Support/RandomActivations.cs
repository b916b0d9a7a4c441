using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Tests.Support;

/// <summary>Random rows of the catalogue with random parameters: a new activation is tested by being there.</summary>
public static class RandomActivations
{
    private static readonly string[] _rectifiers = ["Relu", "LeakyRelu", "AbRelu", "Abs"];

    /// <summary>
    /// An activation whose variances at <paramref name="variances"/> exist, lie in [0.01, 100] and within a factor of 50.
    /// </summary>
    public static Activation Next(Random random, NetworkFamily family, IReadOnlyList<double> variances)
    {
        ArgumentNullException.ThrowIfNull(random);
        Signature<Activation>[] rows =
            [.. ActivationCatalog.All.Where(row => family != NetworkFamily.Homogeneous || _rectifiers.Contains(row.Name))];
        for (int attempt = 0; attempt < 20; attempt++)
        {
            if (Create(random, rows[random.Next(rows.Length)]) is not { } activation) continue;

            // Expansions and quadratures cost seconds where closed forms cost nothing: they are drawn, but rarely.
            if (!activation.Open(new HasClosedForm()) && random.Next(25) > 0) continue;
            if (IsModerate(activation, variances)) return activation;
        }

        return new Relu();
    }

    /// <summary>E φ(u)² at one variance; NaN where an expansion refuses it.</summary>
    public static double Variance(Activation activation, double variance)
    {
        try
        {
            return DualAt.Double(activation, variance, variance, variance).Kappa;
        }
        catch (NumericalFailureException)
        {
            return double.NaN;
        }
    }

    private static Activation? Create(Random random, Signature<Activation> row)
    {
        try
        {
            return row.Create([.. row.Parameters.Select(parameter => Value(random, parameter))]);
        }
        catch (InvalidArgumentException)
        {
            return null;
        }
    }

    private static object? Value(Random random, Parameter parameter) => parameter.Kind switch
    {
        _ when !parameter.Required && random.Next(3) == 0 => parameter.Default,
        ParameterKind.Number => Math.Round(3 * random.NextDouble() - 1.5, 2),
        ParameterKind.Integer => random.Next(0, 5),
        ParameterKind.Numbers => Enumerable.Range(0, random.Next(1, 5)).Select(_ => Math.Round(2 * random.NextDouble() - 1, 2)).ToArray(),
        ParameterKind.Text => random.Next(2) == 0 ? "x * sigmoid(1.702 * x)" : "sin(x) + 0.5 * x",
        _ => parameter.Default,
    };

    private static bool IsModerate(Activation activation, IReadOnlyList<double> variances)
    {
        double beyond = 1.5 * variances.Max();
        if (activation.DomainProblem(beyond) is not null || double.IsNaN(Variance(activation, beyond))) return false;
        double[] outputs = [.. variances.Select(variance => Variance(activation, variance))];
        return outputs.All(output => output is >= 0.01 and <= 100) && outputs.Max() <= 50 * outputs.Min();
    }

    private sealed class HasClosedForm : IDualUser<bool>
    {
        public bool Use<TDual>(TDual dual) where TDual : struct, IDual => true;

        public bool Use(SeriesDual series) => false;

        public bool Use(QuadratureDual quadrature) => false;
    }
}
