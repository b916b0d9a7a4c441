using System.Globalization;
using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// A layer with weights and biases. With A[·] the linear map that its geometry makes of a covariance (for <see cref="Dense"/> the identity),
/// K' = σw²A[K] + σb²; Θ' = σw²A[Θ] + own term, which is η(σw²A[K] + σb²) with <see cref="Parameterization.Ntk"/> and
/// η(F·A[K] + [σb ≠ 0]) with <see cref="Parameterization.Standard"/>, F the fan-in: channels that arrive times taps. η is the
/// <see cref="LearningRate"/>, 0 for a layer that is not <see cref="Trainable"/>.
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal abstract record ParametricLayer : Layer
{
    private protected ParametricLayer(
        double weightStd, double biasStd, Parameterization parameterization, int? width, bool trainable, double learningRate)
    {
        WeightStd = weightStd;
        BiasStd = biasStd;
        Parameterization = parameterization;
        Width = width;
        Trainable = trainable;
        LearningRate = learningRate;
    }

    /// <summary>σw ≥ 0, the standard deviation of the weights before the division by the root of the fan-in.</summary>
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
            : throw Cannot($"width is {value}", "a width is at least 1", "Omit width unless a kernel needs it");
    }

    /// <summary>Whether its parameters are trained; a frozen layer keeps its random ones and its own term leaves Θ.</summary>
    public bool Trainable { get; init; }

    /// <summary>η ≥ 0, its learning rate relative to the other layers': multiplies its own term of Θ.</summary>
    public double LearningRate
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw Cannot(Is("learningRate", value), "a learning rate is finite and at least 0", "Omit learningRate to train all layers alike");
    }

    /// <summary>The factor of the layer's own term in Θ: the <see cref="LearningRate"/>, 0 where it is frozen.</summary>
    public double OwnTermFactor => Trainable ? LearningRate : 0;

    private double StandardDeviation(double value, string name) => value >= 0 && double.IsFinite(value * value)
        ? value
        : throw Cannot(
            Is(name, value), "a standard deviation is at least 0 and has a finite square",
            value < 0 ? "The sign of a Gaussian weight has no meaning: pass its absolute value" : "Weights of order 1 keep a signal's variance: try sqrt(2) with Relu");

    private InvalidArgumentException Cannot(string received, string required, string remedy) =>
        new($"Cannot make {GetType().Name}", received, required, remedy);

    private static string Is(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name} is {value}");
}
