using System.Buffers;
using System.Numerics;
using InfiniteNtk.Kernels.Duals.Expressions;

namespace InfiniteNtk.FiniteWidth.Activations;

/// <summary>
/// A formula in x for many numbers: operation after operation, each on a block of numbers that stays in the first cache. A part that
/// occurs twice as one object is computed once.
/// </summary>
internal sealed class FormulaProgram
{
    /// <summary>Numbers in a block, a multiple of <see cref="Operation.Grain"/>.</summary>
    private const int Block = 256;

    /// <summary>Up to here a whole power is computed by products.</summary>
    private const int LargestProductPower = 16;

    /// <summary>Register 0 is x.</summary>
    private readonly List<double?> _registers = [null];
    private readonly List<Step> _steps = [];
    private readonly Dictionary<Expression, int> _known = new(ReferenceEqualityComparer.Instance);
    private readonly int _result;

    public FormulaProgram(Expression formula) => _result = Compile(formula);

    /// <summary>y ← the formula at x; y may be x, but not overlap it otherwise.</summary>
    public void Run<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] lent = ArrayPool<T>.Shared.Rent(_registers.Count * Block);
        for (int r = 0; r < _registers.Count; r++)
        {
            if (_registers[r] is { } constant) lent.AsSpan(r * Block, Block).Fill(T.CreateTruncating(constant));
        }

        for (int start = 0; start < x.Length; start += Block)
        {
            int count = Math.Min(Block, x.Length - start), padded = (count + Operation.Grain - 1) / Operation.Grain * Operation.Grain;
            ReadOnlySpan<T> source = x.Slice(start, count);
            Span<T> target = y.Slice(start, count);

            // Whole vectors are read from x and written to y; only what is left at the end goes through registers.
            bool direct = count == padded && _steps.Count > 0;
            if (!direct)
            {
                source.CopyTo(lent);
                lent.AsSpan(count, padded - count).Clear();
            }

            foreach (Step step in _steps)
            {
                step.Operation.Run(
                    direct && step.Left == 0 ? source : lent.AsSpan(step.Left * Block, padded),
                    direct && step.Right == 0 ? source : lent.AsSpan(step.Right * Block, padded),
                    direct && step.Target == _result ? target : lent.AsSpan(step.Target * Block, padded));
            }

            if (!direct) lent.AsSpan(_result * Block, count).CopyTo(target);
        }

        ArrayPool<T>.Shared.Return(lent);
    }

    /// <summary>Writes the steps of a formula; returns the register of its value.</summary>
    private int Compile(Expression formula)
    {
        if (!_known.TryGetValue(formula, out int register)) _known[formula] = register = Write(formula);
        return register;
    }

    private int Write(Expression formula) => formula switch
    {
        Expression.Variable => 0,
        { DependsOnX: false } => Register(formula.At(0)),
        Expression.Minus minus => Apply<LaneFormulas.Negative>(minus.Operand, minus.Operand),
        Expression.Sum sum => Apply<LaneFormulas.Sum>(sum.Left, sum.Right),
        Expression.Difference difference => Apply<LaneFormulas.Difference>(difference.Left, difference.Right),
        Expression.Product product => Apply<LaneFormulas.Product>(product.Left, product.Right),
        Expression.Quotient quotient => Apply<LaneFormulas.Quotient>(quotient.Left, quotient.Right),
        Expression.Power power => Power(power),
        Expression.Call call => Apply(Operation.Of(call.Primitive), Compile(call.Arguments[0]), Compile(call.Arguments[^1])),
        _ => throw new NotSupportedException($"Formulas with {formula.GetType().Name} cannot be run yet."),
    };

    private int Power(Expression.Power power)
    {
        double exponent = power.Exponent.DependsOnX ? double.NaN : power.Exponent.At(0);
        bool whole = double.IsInteger(exponent) && Math.Abs(exponent) is >= 1 and <= LargestProductPower;
        if (!whole) return Apply(Operation.Power, Compile(power.Base), Compile(power.Exponent));
        int product = Products(Compile(power.Base), (int)Math.Abs(exponent));
        return exponent > 0 ? product : Apply(Operation.Of<LaneFormulas.Quotient>(), Register(1), product);
    }

    /// <summary>By squaring.</summary>
    private int Products(int x, int exponent)
    {
        if (exponent == 1) return x;
        int half = Products(x, exponent / 2);
        int even = Apply(Operation.Of<LaneFormulas.Product>(), half, half);
        return exponent % 2 == 0 ? even : Apply(Operation.Of<LaneFormulas.Product>(), even, x);
    }

    private int Apply<TFormula>(Expression left, Expression right) where TFormula : struct, ILaneFormula =>
        Apply(Operation.Of<TFormula>(), Compile(left), Compile(right));

    private int Apply(Operation operation, int left, int right)
    {
        int target = Register(null);
        _steps.Add(new Step(operation, left, right, target));
        return target;
    }

    private int Register(double? constant)
    {
        _registers.Add(constant);
        return _registers.Count - 1;
    }

    private readonly record struct Step(Operation Operation, int Left, int Right, int Target);
}
