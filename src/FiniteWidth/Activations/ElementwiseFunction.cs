using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Activations;

/// <summary>φ and φ′ of many numbers: by their formulas on vectors, or one by one where the activation is given as code.</summary>
internal sealed class ElementwiseFunction
{
    private readonly FormulaProgram? _value, _slope;

    public ElementwiseFunction(Activation activation)
    {
        Activation = activation;
        if (ActivationFormula.TryOf(activation) is not { } formula) return;
        _value = new FormulaProgram(formula.Value);
        _slope = new FormulaProgram(formula.Slope);
    }

    /// <summary>φ.</summary>
    public Activation Activation { get; }

    /// <summary>y ← φ(x).</summary>
    public void Value<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(_value, Activation.Value, x, y);

    /// <summary>y ← φ′(x).</summary>
    public void Slope<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(_slope, Activation.Derivative, x, y);

    private static void Run<T>(FormulaProgram? formula, Func<double, double> function, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (formula is not null)
        {
            formula.Run(x, y);
            return;
        }

        for (int i = 0; i < x.Length; i++) y[i] = T.CreateTruncating(function(double.CreateTruncating(x[i])));
    }
}
