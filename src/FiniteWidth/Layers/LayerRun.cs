namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>A layer that has run on a batch: its output, and its derivative there in both directions.</summary>
internal abstract class LayerRun(Signal output)
{
    /// <summary>The layer's value.</summary>
    public Signal Output { get; } = output;

    /// <summary>
    /// The gradient with respect to the input from the one with respect to the output (of any number of directions). Every layer
    /// with parameters that lies inside tells <paramref name="visitor"/> the gradient that reaches it.
    /// </summary>
    public abstract Signal Backward(Signal gradient, IBackwardVisitor visitor);

    /// <summary>The derivative of the output along a change of the input and of all parameters.</summary>
    public abstract Signal Tangent(Signal inputTangent, Parameters.ParameterSet parameterTangent);
}
