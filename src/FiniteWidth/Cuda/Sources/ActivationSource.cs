using InfiniteNtk.FiniteWidth.Activations;

namespace InfiniteNtk.FiniteWidth.Cuda.Sources;

/// <summary>An activation's value and slope as CUDA C++.</summary>
internal static class ActivationSource
{
    /// <summary>The source of an activation.</summary>
    /// <exception cref="InvalidArgumentException">It has no formula, such as one that is given as code.</exception>
    public static KernelSource Of(Activation activation) => KernelSource.Activation(activation.ToString(), Functions(activation));

    /// <summary>The functions value and slope of an activation; <paramref name="suffix"/> goes behind their names.</summary>
    /// <inheritdoc cref="Of"/>
    internal static string Functions(Activation activation, string suffix = "")
    {
        ActivationFormula formula = ActivationFormula.TryOf(activation) ?? throw new InvalidArgumentException(
            "Cannot run this network on a device", $"the activation {activation} has no formula", "a device needs one to compile",
            "Write it as Elementwise(\"…\"), or run on the processor");
        return $"__device__ real value{suffix}(real x)\n{{\n{FormulaSource.Body(formula.Value)}}}\n\n"
            + $"__device__ real slope{suffix}(real x)\n{{\n{FormulaSource.Body(formula.Slope)}}}\n\n";
    }
}
