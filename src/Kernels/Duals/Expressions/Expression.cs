using System.Globalization;

namespace InfiniteNtk.Kernels.Duals.Expressions;

/// <summary>A formula in x as data: evaluated, differentiated, printed canonically, compared by value.</summary>
internal abstract record Expression
{
    /// <summary>The value at x.</summary>
    public abstract double At(double x);

    /// <summary>The derivative with respect to x, as a formula.</summary>
    public abstract Expression Slope();

    /// <summary>The parts it is made of.</summary>
    public abstract IEnumerable<Expression> Parts { get; }

    /// <summary>Quantities whose change of sign is a place where this node (not its parts) is not smooth.</summary>
    public virtual IEnumerable<Expression> Switches => [];

    /// <summary>The canonical text; parsing it gives this formula again.</summary>
    public sealed override string ToString() => Text(Precedence.Sum);

    /// <summary>Whether x occurs.</summary>
    public bool DependsOnX => this is Variable || Parts.Any(part => part.DependsOnX);

    protected abstract Precedence Level { get; }

    protected abstract string Print();

    /// <summary>The text, in parentheses where it binds less tightly than <paramref name="least"/>.</summary>
    protected string Text(Precedence least) => Level < least ? $"({Print()})" : Print();

    /// <summary>Text of a part, for the parts' parents.</summary>
    protected static string Text(Expression part, Precedence least) => part.Text(least);

    protected enum Precedence
    {
        Sum,
        Product,
        Minus,
        Power,
        Primary,
    }

    /// <summary>A number, zero or above; negative ones are written with <see cref="Minus"/>.</summary>
    public sealed record Number(double Value) : Expression
    {
        public override IEnumerable<Expression> Parts => [];

        protected override Precedence Level => Precedence.Primary;

        public override double At(double x) => Value;

        public override Expression Slope() => new Number(0);

        protected override string Print() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A number with a name: pi or e.</summary>
    public sealed record Named(string Name, double Value) : Expression
    {
        public override IEnumerable<Expression> Parts => [];

        protected override Precedence Level => Precedence.Primary;

        public override double At(double x) => Value;

        public override Expression Slope() => new Number(0);

        protected override string Print() => Name;
    }

    /// <summary>x itself.</summary>
    public sealed record Variable : Expression
    {
        public override IEnumerable<Expression> Parts => [];

        protected override Precedence Level => Precedence.Primary;

        public override double At(double x) => x;

        public override Expression Slope() => new Number(1);

        protected override string Print() => "x";
    }

    /// <summary>−a.</summary>
    public sealed record Minus(Expression Operand) : Expression
    {
        public override IEnumerable<Expression> Parts => [Operand];

        protected override Precedence Level => Precedence.Minus;

        public override double At(double x) => -Operand.At(x);

        public override Expression Slope() => Algebra.Minus(Operand.Slope());

        protected override string Print() => $"-{Text(Operand, Precedence.Minus)}";
    }

    /// <summary>a + b.</summary>
    public sealed record Sum(Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];

        protected override Precedence Level => Precedence.Sum;

        public override double At(double x) => Left.At(x) + Right.At(x);

        public override Expression Slope() => Algebra.Sum(Left.Slope(), Right.Slope());

        protected override string Print() => $"{Text(Left, Precedence.Sum)} + {Text(Right, Precedence.Product)}";
    }

    /// <summary>a − b.</summary>
    public sealed record Difference(Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];

        protected override Precedence Level => Precedence.Sum;

        public override double At(double x) => Left.At(x) - Right.At(x);

        public override Expression Slope() => Algebra.Sum(Left.Slope(), Algebra.Minus(Right.Slope()));

        protected override string Print() => $"{Text(Left, Precedence.Sum)} - {Text(Right, Precedence.Product)}";
    }

    /// <summary>a·b.</summary>
    public sealed record Product(Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];

        protected override Precedence Level => Precedence.Product;

        public override double At(double x) => Left.At(x) * Right.At(x);

        public override Expression Slope() =>
            Algebra.Sum(Algebra.Product(Left.Slope(), Right), Algebra.Product(Left, Right.Slope()));

        protected override string Print() => $"{Text(Left, Precedence.Product)}*{Text(Right, Precedence.Minus)}";
    }

    /// <summary>a/b.</summary>
    public sealed record Quotient(Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];

        public override IEnumerable<Expression> Switches => [Right];

        protected override Precedence Level => Precedence.Product;

        public override double At(double x) => Left.At(x) / Right.At(x);

        public override Expression Slope() => Algebra.Sum(
            Algebra.Quotient(Left.Slope(), Right),
            Algebra.Minus(Algebra.Quotient(Algebra.Product(Left, Right.Slope()), new Power(Right, new Number(2)))));

        protected override string Print() => $"{Text(Left, Precedence.Product)}/{Text(Right, Precedence.Minus)}";
    }

    /// <summary>a^b.</summary>
    public sealed record Power(Expression Base, Expression Exponent) : Expression
    {
        public override IEnumerable<Expression> Parts => [Base, Exponent];

        public override IEnumerable<Expression> Switches =>
            !Exponent.DependsOnX && double.IsInteger(Exponent.At(0)) && Exponent.At(0) >= 0 ? [] : [Base];

        protected override Precedence Level => Precedence.Power;

        public override double At(double x) => Math.Pow(Base.At(x), Exponent.At(x));

        public override Expression Slope()
        {
            if (!Exponent.DependsOnX)
            {
                Expression lower = Algebra.Power(Base, Algebra.Constant(Exponent.At(0) - 1));
                return Algebra.Product(Algebra.Product(Exponent, lower), Base.Slope());
            }

            Expression rate = Algebra.Sum(
                Algebra.Product(Exponent.Slope(), Primitive.Of("log", Base)),
                Algebra.Quotient(Algebra.Product(Exponent, Base.Slope()), Base));
            return Algebra.Product(this, rate);
        }

        protected override string Print() => $"{Text(Base, Precedence.Primary)}^{Text(Exponent, Precedence.Minus)}";
    }

    /// <summary>A primitive of one or two arguments.</summary>
    public sealed record Call(Primitive Primitive, ValueList<Expression> Arguments) : Expression
    {
        public override IEnumerable<Expression> Parts => Arguments;

        public override IEnumerable<Expression> Switches => Primitive.Switches(Arguments);

        protected override Precedence Level => Precedence.Primary;

        public override double At(double x) =>
            Primitive.Value(Arguments[0].At(x), Arguments.Count > 1 ? Arguments[1].At(x) : 0);

        public override Expression Slope() => Primitive.Slope(Arguments);

        protected override string Print() => $"{Primitive.Name}({string.Join(", ", Arguments)})";
    }
}
