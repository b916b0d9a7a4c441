using InfiniteNtk.Kernels.Lanes;
using static InfiniteNtk.Kernels.Duals.Expressions.Algebra;

namespace InfiniteNtk.Kernels.Duals.Expressions;

/// <summary>One function that expressions may use: its value, its derivative and where it is not smooth. Equal by name.</summary>
internal sealed record Primitive(string Name, int Arity, bool Writable)
{
    private static readonly Dictionary<string, Rule> Rules = new()
    {
        ["exp"] = new((a, _) => Math.Exp(a), u => Of("exp", u[0])),
        ["log"] = new((a, _) => Math.Log(a), u => Quotient(new Expression.Number(1), u[0]), u => [u[0]]),
        ["sqrt"] = new(
            (a, _) => Math.Sqrt(a), u => Quotient(new Expression.Number(0.5), Of("sqrt", u[0])), u => [u[0]]),
        ["sin"] = new((a, _) => Math.Sin(a), u => Of("cos", u[0])),
        ["cos"] = new((a, _) => Math.Cos(a), u => Minus(Of("sin", u[0]))),
        ["tanh"] = new((a, _) => Math.Tanh(a), u => Of("sech2", u[0])),
        ["sigmoid"] = new((a, _) => 1 / (1 + Math.Exp(-a)), u => Product(Of("sigmoid", u[0]), Of("sigmoid", Minus(u[0])))),
        ["softplus"] = new((a, _) => Math.Max(a, 0) + Math.Log(1 + Math.Exp(-Math.Abs(a))), u => Of("sigmoid", u[0])),
        ["erf"] = new((a, _) => LaneMath.Erf(new DoubleLane(a)).Value, u => Of("bell", u[0])),
        ["abs"] = new((a, _) => Math.Abs(a), u => Of("sign", u[0]), u => [u[0]]),
        ["relu"] = new((a, _) => Math.Max(a, 0), u => Of("step", u[0]), u => [u[0]]),
        ["max"] = new((a, b) => Math.Max(a, b), null, u => [Sum(u[0], Minus(u[1]))]),
        ["min"] = new((a, b) => Math.Min(a, b), null, u => [Sum(u[0], Minus(u[1]))]),

        // Only in derivatives.
        ["sign"] = new((a, _) => a > 0 ? 1 : a < 0 ? -1 : 0, _ => new Expression.Number(0), u => [u[0]], Writable: false),
        ["step"] = new((a, _) => a > 0 ? 1 : a < 0 ? 0 : 0.5, _ => new Expression.Number(0), u => [u[0]], Writable: false),
        ["sech2"] = new(
            (a, _) => 1 / (Math.Cosh(a) * Math.Cosh(a)),
            u => Product(Constant(-2), Product(Of("tanh", u[0]), Of("sech2", u[0]))), Writable: false),
        ["bell"] = new(
            (a, _) => 2 / Math.Sqrt(Math.PI) * Math.Exp(-a * a), u => Product(Product(Constant(-2), u[0]), Of("bell", u[0])),
            Writable: false),
    };

    /// <summary>The names that may be written, in the order of the documentation.</summary>
    public static IEnumerable<string> Names => Rules.Where(rule => rule.Value.Writable).Select(rule => rule.Key);

    /// <summary>The writable primitive of that name, or null.</summary>
    public static Primitive? Find(string name) =>
        Rules.TryGetValue(name, out Rule? rule) && rule.Writable ? Make(name, rule) : null;

    /// <summary>A call of the primitive with that name.</summary>
    public static Expression Of(string name, Expression argument) => new Expression.Call(Make(name, Rules[name]), [argument]);

    public double Value(double a, double b) => Rules[Name].Value(a, b);

    public IEnumerable<Expression> Switches(ValueList<Expression> arguments) => Rules[Name].Switches?.Invoke(arguments) ?? [];

    /// <summary>The derivative of a call, by the chain rule; max and min choose the larger or smaller one's.</summary>
    public Expression Slope(ValueList<Expression> arguments)
    {
        if (Rules[Name].Slope is { } outer) return Product(outer(arguments), arguments[0].Slope());
        Expression lead = Sum(arguments[0], Minus(arguments[1]));
        Expression first = Name == "max" ? Of("step", lead) : Of("step", Minus(lead));
        Expression second = Name == "max" ? Of("step", Minus(lead)) : Of("step", lead);
        return Sum(Product(first, arguments[0].Slope()), Product(second, arguments[1].Slope()));
    }

    private static Primitive Make(string name, Rule rule) => new(name, rule.Slope is null ? 2 : 1, rule.Writable);

    private sealed record Rule(
        Func<double, double, double> Value,
        Func<ValueList<Expression>, Expression>? Slope,
        Func<ValueList<Expression>, IEnumerable<Expression>>? Switches = null,
        bool Writable = true);
}
