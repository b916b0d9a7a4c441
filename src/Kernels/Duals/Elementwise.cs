using InfiniteNtk.Kernels.Duals.Expressions;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// An activation written as a formula in x: numbers, x, pi, e, + − * / ^, parentheses and exp log sqrt sin cos tanh sigmoid
/// softplus erf abs relu max min. It is data: printed canonically, compared by value, differentiated symbolically.
/// </summary>
/// <remarks>
/// Smooth formulas are expanded in Hermite polynomials (<see cref="SeriesDual"/>), as far as that reaches; where an argument of abs, relu, max, min,
/// log, sqrt, a power or a denominator changes sign for |x| ≤ 1e4, each pair is integrated, split there
/// (<see cref="QuadratureDual"/>). Either fails clearly where 1e-8 is not reached.
/// </remarks>
/// <param name="Expression">The formula, for example "x*sigmoid(1.702*x)".</param>
/// <exception cref="ParseException">The text is not such a formula; the message points at the place.</exception>
internal sealed record Elementwise(string Expression) : Activation
{
    private readonly Formula _formula = new(Expression);

    /// <summary>The formula in its canonical text.</summary>
    public string Expression { get; } = ExpressionParser.Parse(Expression).ToString();

    /// <inheritdoc/>
    public override double Value(double x) => _formula.Function.At(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => _formula.Slope.At(x);

    /// <inheritdoc/>
    internal override TResult Open<TResult>(IDualUser<TResult> user) => _formula.Kinks.Count == 0
        ? user.Use(new HermiteSeries(Expression, Value, Derivative))
        : user.Use(new KinkedQuadrature(Expression, Value, Derivative, _formula.Kinks));

    /// <inheritdoc/>
    public bool Equals(Elementwise? other) => other is not null && Expression == other.Expression;

    /// <inheritdoc/>
    public override int GetHashCode() => Expression.GetHashCode(StringComparison.Ordinal);

    // What follows from the text; not part of the value.
    private sealed class Formula(string text)
    {
        private ValueList<double>? _kinks;

        public Expression Function { get; } = ExpressionParser.Parse(text);

        public Expression Slope => field ??= Function.Slope();

        public ValueList<double> Kinks => _kinks ??= KinkFinder.Find(Function);
    }
}
