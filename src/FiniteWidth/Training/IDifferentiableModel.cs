using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.Training;

/// <summary>What gradient descent needs of a model: a finite network, its linearisation, its lazy version.</summary>
public interface IDifferentiableModel
{
    /// <summary>The parameters θ.</summary>
    ParameterSet Parameters { get; }

    /// <summary>f(x), samples × outputs.</summary>
    KernelMatrix<double> Outputs(Samples samples);

    /// <summary>Jᵀu, J = ∂f(x)/∂θ, u samples × outputs.</summary>
    ParameterSet Gradient(Samples samples, KernelMatrix<double> outputGradient);

    /// <summary>The same model at other parameters.</summary>
    IDifferentiableModel At(ParameterSet parameters);
}
