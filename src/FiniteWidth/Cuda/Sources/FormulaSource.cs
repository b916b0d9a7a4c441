using InfiniteNtk.Kernels.Duals.Expressions;

namespace InfiniteNtk.FiniteWidth.Cuda.Sources;

/// <summary>Formulas in x as CUDA C++; a part that occurs twice as one object is computed once.</summary>
internal sealed class FormulaSource
{
    /// <summary>Up to here a whole power is written as products.</summary>
    private const int LargestProductPower = 16;

    private readonly Dictionary<Expression, SourceTerm> _terms = new(ReferenceEqualityComparer.Instance);

    private FormulaSource()
    {
    }

    /// <summary>The body of a function of x that returns the formula's value.</summary>
    public static string Body(Expression formula) => SourceTerm.Statements(("return", new FormulaSource().Term(formula)));

    private SourceTerm Term(Expression formula)
    {
        if (!_terms.TryGetValue(formula, out SourceTerm? term)) _terms[formula] = term = Write(formula);
        return term;
    }

    private SourceTerm Write(Expression formula) => formula switch
    {
        Expression.Number number => Number(number.Value),
        Expression.Named named => Number(named.Value),
        Expression.Variable => new SourceTerm("x"),
        Expression.Minus minus => new SourceTerm("-({0})", Term(minus.Operand)),
        Expression.Sum sum => new SourceTerm("{0} + {1}", Term(sum.Left), Term(sum.Right)),
        Expression.Difference difference => new SourceTerm("{0} - ({1})", Term(difference.Left), Term(difference.Right)),
        Expression.Product product => new SourceTerm("{0} * ({1})", Term(product.Left), Term(product.Right)),
        Expression.Quotient quotient => new SourceTerm("{0} / ({1})", Term(quotient.Left), Term(quotient.Right)),
        Expression.Power power => Power(power),
        Expression.Call call => new SourceTerm(
            call.Arguments.Count == 1 ? NameOf(call.Primitive) + "({0})" : NameOf(call.Primitive) + "({0}, {1})",
            [.. call.Arguments.Select(Term)]),
        _ => throw new NotSupportedException($"Formulas with {formula.GetType().Name} have no device source yet."),
    };

    private SourceTerm Power(Expression.Power power)
    {
        double exponent = power.Exponent.DependsOnX ? double.NaN : power.Exponent.At(0);
        bool whole = double.IsInteger(exponent) && Math.Abs(exponent) is >= 1 and <= LargestProductPower;
        if (!whole) return new SourceTerm("pow({0}, {1})", Term(power.Base), Term(power.Exponent));
        SourceTerm product = Products(Term(power.Base), (int)Math.Abs(exponent));
        return exponent > 0 ? product : new SourceTerm("{0} / {1}", Number(1), product);
    }

    /// <summary>By squaring.</summary>
    private static SourceTerm Products(SourceTerm x, int exponent)
    {
        if (exponent == 1) return x;
        SourceTerm half = Products(x, exponent / 2);
        SourceTerm even = new("{0} * {0}", half);
        return exponent % 2 == 0 ? even : new SourceTerm("{0} * {1}", even, x);
    }

    /// <summary>The primitive's name in elementwise.cu or in CUDA itself.</summary>
    private static string NameOf(Primitive primitive) => primitive.Name switch
    {
        "exp" or "log" or "sqrt" or "sin" or "cos" or "tanh" or "erf" => primitive.Name,
        "sigmoid" or "softplus" or "relu" or "sign" or "step" or "sech2" or "bell" => primitive.Name,
        "abs" => "fabs",
        "max" => "larger",
        "min" => "smaller",
        _ => throw new NotSupportedException($"The function {primitive.Name} has no device source yet."),
    };

    private static SourceTerm Number(double value) => SourceTerm.Number(value, "real");
}
