using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.Training;

/// <summary>
/// α·(f(θ) − f(θ₀)): the larger α, the less the parameters have to move and the lazier the training; small α is the rich regime.
/// Train it with the learning rate divided by α², so that the outputs move at the same speed for every α.
/// </summary>
/// <remarks>L. Chizat, E. Oyallon, F. Bach, "On lazy training in differentiable programming", NeurIPS 2019.</remarks>
public sealed class ScaledModel : IDifferentiableModel
{
    private readonly IDifferentiableModel _start;
    private readonly IDifferentiableModel _now;

    /// <summary>A model scaled around where it is now.</summary>
    /// <exception cref="InvalidArgumentException">The scale is not positive and finite.</exception>
    public ScaledModel(IDifferentiableModel model, double scale) : this(model, model, scale)
    {
        if (scale > 0 && double.IsFinite(scale)) return;
        throw new InvalidArgumentException(
            "Cannot scale this model", $"the scale is {scale}", "it must be positive and finite", "Pass 1 for the model itself, more for lazier training");
    }

    private ScaledModel(IDifferentiableModel start, IDifferentiableModel now, double scale)
    {
        ArgumentNullException.ThrowIfNull(start);
        _start = start;
        _now = now;
        Scale = scale;
    }

    /// <summary>α.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters => _now.Parameters;

    /// <inheritdoc/>
    public KernelMatrix<double> Outputs(Samples samples)
    {
        KernelMatrix<double> outputs = _now.Outputs(samples);
        using KernelMatrix<double> before = _start.Outputs(samples);
        for (nint i = 0; i < outputs.Rows; i++)
        {
            for (nint o = 0; o < outputs.Columns; o++) outputs[i, o] = Scale * (outputs[i, o] - before[i, o]);
        }

        return outputs;
    }

    /// <inheritdoc/>
    public ParameterSet Gradient(Samples samples, KernelMatrix<double> outputGradient)
    {
        ParameterSet gradient = _now.Gradient(samples, outputGradient);
        gradient.Scale(Scale);
        return gradient;
    }

    /// <inheritdoc/>
    public IDifferentiableModel At(ParameterSet parameters) => new ScaledModel(_start, _now.At(parameters), Scale);
}
