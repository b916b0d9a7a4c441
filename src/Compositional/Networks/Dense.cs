using System.Globalization;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// A fully connected layer on the channels, at every position alike (there is no implicit flattening).
/// K' = σw²K + σb²; Θ' = K' + σw²Θ (<see cref="Parameterization.Ntk"/>) or C·K + σw²Θ + [σb ≠ 0]
/// (<see cref="Parameterization.Standard"/>, C the channels that arrive).
/// </summary>
public sealed record Dense : Layer
{
    /// <summary>A dense layer; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">A standard deviation is negative or not finite, or the width is below 1.</exception>
    public Dense(
        double weightStd = 1, double biasStd = 0, Parameterization parameterization = Parameterization.Ntk, int? width = null)
    {
        WeightStd = weightStd;
        BiasStd = biasStd;
        Parameterization = parameterization;
        Width = width;
    }

    /// <summary>σw ≥ 0, the standard deviation of the weights before the 1/√C.</summary>
    public double WeightStd
    {
        get;
        init => field = StandardDeviation(value, "weightStd");
    }

    /// <summary>σb ≥ 0, the standard deviation of the bias; 0 is no bias.</summary>
    public double BiasStd
    {
        get;
        init => field = StandardDeviation(value, "biasStd");
    }

    /// <summary>How the weights are scaled.</summary>
    public Parameterization Parameterization { get; init; }

    /// <summary>
    /// Output channels. Needed only where a standard layer follows or branches of unequal width are concatenated; finite
    /// networks may override it.
    /// </summary>
    public int? Width
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new InvalidArgumentException("Cannot make Dense", $"width is {value}", "a width is at least 1", "Omit width unless a kernel needs it");
    }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);

    private static double StandardDeviation(double value, string name) =>
        value >= 0 && double.IsFinite(value * value)
            ? value
            : throw new InvalidArgumentException(
                "Cannot make Dense", string.Create(CultureInfo.InvariantCulture, $"{name} is {value}"),
                "a standard deviation is at least 0 and has a finite square", "The sign of a Gaussian weight has no meaning: pass its absolute value");
}
