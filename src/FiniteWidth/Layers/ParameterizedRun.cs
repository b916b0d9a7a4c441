using System.Numerics;
using InfiniteNtk.FiniteWidth.EmpiricalKernels;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>The run of a layer that has parameters of its own.</summary>
/// <param name="layer">Which entry of the parameter set is its own.</param>
/// <param name="input">What arrived.</param>
/// <param name="output">The layer's value.</param>
/// <param name="context">What the whole run has in common.</param>
internal abstract class ParameterizedRun<T>(int layer, Signal<T> input, Signal<T> output, RunContext<T> context) : LayerRun<T>(output)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Its entry of the parameter set.</summary>
    public int Layer { get; } = layer;

    /// <summary>What arrived.</summary>
    public Signal<T> Input { get; } = input;

    /// <summary>What the whole run has in common.</summary>
    protected RunContext<T> Context { get; } = context;

    /// <summary>Its own parameters.</summary>
    protected LayerParameters<T> Parameters => Context.Parameters.Layers[Layer];

    /// <summary>
    /// Adds the gradient with respect to its parameters, summed over the batch and all directions in <paramref name="gradient"/>.
    /// </summary>
    public abstract void AddGradient(Signal<T> gradient, LayerParameters<T> target);

    /// <summary>
    /// Adds its term of the NTK, Σ over its parameters of the products of the gradients of this run and of <paramref name="other"/>,
    /// a run of the same layer on another (or the same) batch.
    /// </summary>
    public abstract void AddNtk(Signal<T> gradient, ParameterizedRun<T> other, Signal<T> otherGradient, NtkBlock target);
}
