using System.Numerics;

namespace InfiniteNtk;

/// <summary>
/// A network's first-order expansion in its parameters, f(θ₀) + J(θ₀)·(θ − θ₀): what training an infinitely wide network becomes.
/// </summary>
/// <remarks>J. Lee et al., "Wide neural networks of any depth evolve as linear models under gradient descent", NeurIPS 2019.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, the numbers of the parameters.</typeparam>
public sealed class LinearizedNetwork<T> : IDifferentiableModel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FiniteNetwork<T> _origin;

    /// <summary>The expansion around a network's present parameters.</summary>
    public LinearizedNetwork(FiniteNetwork<T> origin) : this(origin ?? throw new ArgumentNullException(nameof(origin)), origin.Parameters)
    {
    }

    private LinearizedNetwork(FiniteNetwork<T> origin, ParameterSet<T> parameters)
    {
        _origin = origin;
        Parameters = parameters;
    }

    /// <inheritdoc/>
    public ParameterSet<T> Parameters { get; }

    /// <inheritdoc/>
    public KernelMatrix<double> Outputs(Samples samples)
    {
        ParameterSet<T> change = Parameters.Copy();
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
    public ParameterSet<T> Gradient(Samples samples, KernelMatrix<double> outputGradient) => _origin.Gradient(samples, outputGradient);

    /// <summary>The same expansion at other parameters.</summary>
    public LinearizedNetwork<T> With(ParameterSet<T> parameters)
    {
        _origin.Parameters.RequireSameShape(parameters);
        return new LinearizedNetwork<T>(_origin, parameters);
    }

    IDifferentiableModel<T> IDifferentiableModel<T>.At(ParameterSet<T> parameters) => With(parameters);

    /// <summary>What it is the expansion of.</summary>
    public override string ToString() => $"linearisation of {_origin}";
}
