using System.Numerics;

namespace InfiniteNtk;

/// <summary>What gradient descent needs of a model: a finite network, its linearisation, its lazy version.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, the numbers of the parameters.</typeparam>
public interface IDifferentiableModel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The parameters θ.</summary>
    ParameterSet<T> Parameters { get; }

    /// <summary>f(x), samples × outputs.</summary>
    KernelMatrix<double> Outputs(Samples samples);

    /// <summary>Jᵀu, J = ∂f(x)/∂θ, u samples × outputs.</summary>
    ParameterSet<T> Gradient(Samples samples, KernelMatrix<double> outputGradient);

    /// <summary>The same model, of the same type, at other parameters.</summary>
    IDifferentiableModel<T> At(ParameterSet<T> parameters);
}
