using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>A layer that has run on a batch: its output, and its derivative there in both directions.</summary>
internal abstract class LayerRun<T>(Signal<T> output) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The layer's value.</summary>
    public Signal<T> Output { get; } = output;

    /// <summary>
    /// The gradient with respect to the input from the one with respect to the output (of any number of directions). Every layer
    /// with parameters that lies inside tells <paramref name="visitor"/> the gradient that reaches it. May be null where the input is
    /// constant: nothing below asks for it.
    /// </summary>
    public abstract Signal<T>? Backward(Signal<T> gradient, IBackwardVisitor<T> visitor);

    /// <summary>The derivative of the output along a change of the input and of all parameters.</summary>
    public abstract Signal<T> Tangent(Signal<T> inputTangent, ParameterSet<T> parameterTangent);
}
