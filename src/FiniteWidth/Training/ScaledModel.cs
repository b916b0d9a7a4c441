using System.Numerics;

namespace InfiniteNtk;

/// <summary>
/// α·(f(θ) − f(θ₀)): the larger α, the less the parameters have to move and the lazier the training; small α is the rich regime.
/// Train it with the learning rate divided by α², so that the outputs move at the same speed for every α.
/// </summary>
/// <remarks>L. Chizat, E. Oyallon, F. Bach, "On lazy training in differentiable programming", NeurIPS 2019.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, the numbers of the parameters.</typeparam>
public sealed class ScaledModel<T> : IDifferentiableModel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IDifferentiableModel<T> _start;
    private readonly IDifferentiableModel<T> _now;

    /// <summary>A model scaled around where it is now.</summary>
    /// <exception cref="InvalidArgumentException">The scale is not positive and finite.</exception>
    public ScaledModel(IDifferentiableModel<T> model, double scale) : this(model, model, scale)
    {
        if (scale > 0 && double.IsFinite(scale)) return;
        throw new InvalidArgumentException(
            "Cannot scale this model", $"the scale is {scale}", "it must be positive and finite", "Pass 1 for the model itself, more for lazier training");
    }

    private ScaledModel(IDifferentiableModel<T> start, IDifferentiableModel<T> now, double scale)
    {
        ArgumentNullException.ThrowIfNull(start);
        _start = start;
        _now = now;
        Scale = scale;
    }

    /// <summary>α.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public ParameterSet<T> Parameters => _now.Parameters;

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
    public ParameterSet<T> Gradient(Samples samples, KernelMatrix<double> outputGradient)
    {
        ParameterSet<T> gradient = _now.Gradient(samples, outputGradient);
        gradient.Scale(Scale);
        return gradient;
    }

    /// <summary>The same model at other parameters.</summary>
    public ScaledModel<T> With(ParameterSet<T> parameters) => new(_start, _now.At(parameters), Scale);

    IDifferentiableModel<T> IDifferentiableModel<T>.At(ParameterSet<T> parameters) => With(parameters);

    /// <summary>The scale and the model.</summary>
    public override string ToString() => FormattableString.Invariant($"{Scale} times the change of {_start}");
}
