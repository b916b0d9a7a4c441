using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.FiniteWidth.Sampling;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.Training;

/// <summary>
/// A network's first-order expansion in its parameters, f(θ₀) + J(θ₀)·(θ − θ₀): what training an infinitely wide network becomes.
/// </summary>
/// <remarks>J. Lee et al., "Wide neural networks of any depth evolve as linear models under gradient descent", NeurIPS 2019.</remarks>
public sealed class LinearizedNetwork : IDifferentiableModel
{
    private readonly FiniteNetwork _origin;

    /// <summary>The expansion around a network's present parameters.</summary>
    public LinearizedNetwork(FiniteNetwork origin) : this(origin ?? throw new ArgumentNullException(nameof(origin)), origin.Parameters)
    {
    }

    private LinearizedNetwork(FiniteNetwork origin, ParameterSet parameters)
    {
        _origin = origin;
        Parameters = parameters;
    }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public KernelMatrix<double> Outputs(Samples samples)
    {
        ParameterSet change = Parameters.Copy();
        change.Add(-1, _origin.Parameters);
        KernelMatrix<double> outputs = _origin.Outputs(samples);
        using KernelMatrix<double> tangent = _origin.Tangent(samples, change);
        for (nint i = 0; i < outputs.Rows; i++)
        {
            for (nint o = 0; o < outputs.Columns; o++) outputs[i, o] += tangent[i, o];
        }

        return outputs;
    }

    /// <inheritdoc/>
    public ParameterSet Gradient(Samples samples, KernelMatrix<double> outputGradient) => _origin.Gradient(samples, outputGradient);

    /// <inheritdoc/>
    public IDifferentiableModel At(ParameterSet parameters)
    {
        _origin.Parameters.RequireSameShape(parameters);
        return new LinearizedNetwork(_origin, parameters);
    }
}
