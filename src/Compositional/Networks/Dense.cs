using System.Text.Json.Serialization;
using InfiniteNtk.Compositional.Json;

namespace InfiniteNtk.Compositional.Networks;

/// <summary>
/// A fully connected layer on the channels, at every position alike (there is no implicit flattening).
/// K' = σw²K + σb²; Θ' = K' + σw²Θ (<see cref="Parameterization.Ntk"/>) or C·K + σw²Θ + [σb ≠ 0]
/// (<see cref="Parameterization.Standard"/>, C the channels that arrive).
/// </summary>
[JsonConverter(typeof(NetworkJsonConverter))]
internal sealed record Dense : ParametricLayer
{
    /// <summary>A dense layer; see the properties.</summary>
    /// <exception cref="InvalidArgumentException">
    /// A standard deviation or the learning rate is negative or not finite, or the width is below 1.
    /// </exception>
    public Dense(
        double weightStd = 1, double biasStd = 0, Parameterization parameterization = Parameterization.Ntk, int? width = null,
        bool trainable = true, double learningRate = 1) : base(weightStd, biasStd, parameterization, width, trainable, learningRate)
    {
    }

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(ILayerReader<TResult> reader) => reader.Read(this);
}
