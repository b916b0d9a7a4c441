namespace InfiniteNtk.Kernels.Duals.Expressions;

/// <summary>Makes formulas, leaving out neutral and vanishing parts, so that derivatives stay short.</summary>
internal static class Algebra
{
    public static Expression Constant(double value) =>
        double.IsNegative(value) ? new Expression.Minus(new Expression.Number(-value)) : new Expression.Number(value);

    public static Expression Minus(Expression a) => a switch
    {
        Expression.Number { Value: 0 } => a,
        Expression.Minus inner => inner.Operand,
        _ => new Expression.Minus(a),
    };

    public static Expression Sum(Expression a, Expression b) =>
        IsZero(a) ? b : IsZero(b) ? a : b is Expression.Minus minus
            ? new Expression.Difference(a, minus.Operand)
            : new Expression.Sum(a, b);

    public static Expression Product(Expression a, Expression b) =>
        IsZero(a) || IsZero(b) ? new Expression.Number(0)
        : IsOne(a) ? b
        : IsOne(b) ? a
        : new Expression.Product(a, b);

    public static Expression Quotient(Expression a, Expression b) =>
        IsZero(a) ? a : IsOne(b) ? a : new Expression.Quotient(a, b);

    public static Expression Power(Expression a, Expression b) =>
        IsZero(b) ? new Expression.Number(1) : IsOne(b) ? a : new Expression.Power(a, b);

    private static bool IsZero(Expression a) => a is Expression.Number { Value: 0 };

    private static bool IsOne(Expression a) => a is Expression.Number { Value: 1 };
}
