using System.Globalization;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Duals.Expressions;

namespace InfiniteNtk.FiniteWidth.Activations;

/// <summary>
/// φ as a formula in x, and φ′ by differentiating it: what networks run on processor and device. Held against the activation's own
/// functions by tests.
/// </summary>
/// <param name="Value">φ.</param>
/// <param name="Slope">φ′; at a kink the mean of both sides.</param>
internal sealed record ActivationFormula(Expression Value, Expression Slope)
{
    private static readonly Expression X = new Expression.Variable();

    /// <summary>The formula of an activation; null where it has none, such as one that is given as code.</summary>
    public static ActivationFormula? TryOf(Activation activation) => activation switch
    {
        Elementwise f => From(ExpressionParser.Parse(f.Expression)),
        Relu => Parse($"relu(x)"),
        LeakyRelu f => Parse($"relu(x) - {f.Slope}*relu(-x)"),
        AbRelu f => Parse($"{f.PositiveSlope}*relu(x) - {f.NegativeSlope}*relu(-x)"),
        Abs => Parse($"abs(x)"),
        Sign => From(Primitive.Of("sign", X)),
        Erf f => Parse($"{f.A}*erf({f.B}*x) + {f.C}"),
        SigmoidLike => Parse($"0.5*erf(x/2.4020563531719796) + 0.5"),
        Gelu => Parse($"x*(0.5 + 0.5*erf(x/sqrt(2)))"),
        Sin f => Parse($"{f.A}*sin({f.B}*x + {f.C})"),
        Cos f => Parse($"{f.A}*cos({f.B}*x + {f.C})"),
        Rbf f => Parse($"sqrt(2)*sin(sqrt(2*{f.Gamma})*x + pi/4)"),
        Exp f => Parse($"{f.A}*exp({f.B}*x)"),
        Gaussian f => Parse($"{f.A}*exp({f.B}*x*x)"),
        Gabor => Parse($"exp(-x*x)*sin(x)"),
        Hermite f => new(Orthonormal(f.Degree), f.Degree == 0
            ? Algebra.Constant(0)
            : Algebra.Product(Algebra.Constant(Math.Sqrt(f.Degree)), Orthonormal(f.Degree - 1))),
        Monomial f => Parse($"x^{f.Degree}"),
        RectifiedMonomial { Degree: 0 } => From(NotBelowZero),
        RectifiedMonomial f => Parse($"relu(x)^{f.Degree}"),
        Polynomial f => new(Horner(f.Coefficients), Horner(f.Coefficients.Select((c, i) => i * c).Skip(1).ToValueList())),
        Tanh => Parse($"tanh(x)"),
        Sigmoid => Parse($"sigmoid(x)"),
        Softplus => Parse($"softplus(x)"),
        Swish => Parse($"x*sigmoid(x)"),
        Elu => Parse($"relu(x) + exp(min(x, 0)) - 1"),
        Selu => Parse($"1.0507009873554805*(relu(x) + 1.6732632423543772*(exp(min(x, 0)) - 1))"),
        _ => null,
    };

    /// <summary>1 where x ≥ 0, else 0.</summary>
    private static Expression.Call NotBelowZero => new(
        Primitive.Find("min")!, [Algebra.Constant(1), Algebra.Sum(Algebra.Constant(1), Primitive.Of("sign", X))]);

    private static ActivationFormula Parse(FormattableString text) => From(ExpressionParser.Parse(text.ToString(CultureInfo.InvariantCulture)));

    private static ActivationFormula From(Expression value) => new(value, value.Slope());

    /// <summary>h_n = He_n/√(n!) by √(n+1)·h_{n+1} = x·h_n − √n·h_{n−1}.</summary>
    private static Expression Orthonormal(int degree)
    {
        Expression below = Algebra.Constant(0);
        Expression top = Algebra.Constant(1);
        for (int n = 0; n < degree; n++)
        {
            Expression rise = Algebra.Sum(Algebra.Product(X, top), Algebra.Minus(Algebra.Product(Algebra.Constant(Math.Sqrt(n)), below)));
            (below, top) = (top, Algebra.Quotient(rise, Algebra.Constant(Math.Sqrt(n + 1))));
        }

        return top;
    }

    private static Expression Horner(ValueList<double> coefficients)
    {
        Expression sum = Algebra.Constant(0);
        for (int i = coefficients.Count - 1; i >= 0; i--) sum = Algebra.Sum(Algebra.Product(sum, X), Algebra.Constant(coefficients[i]));
        return sum;
    }
}
