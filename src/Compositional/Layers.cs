using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk;

/// <summary>
/// The words networks are written with: <c>using static Layers;</c>. They are joined with <c>&gt;&gt;</c> (then) and
/// <c>+</c> (parallel sum), and the text form of a network uses the same words.
/// </summary>
public static partial class Layers
{
    /// <summary>√2, the critical weightStd of ReLU networks.</summary>
    public const double Sqrt2 = 1.4142135623730951;

    /// <summary>For layers with weights: NTK parameterization, the default.</summary>
    public const Parameterization Ntk = Parameterization.Ntk;

    /// <summary>For layers with weights: standard parameterization.</summary>
    public const Parameterization Standard = Parameterization.Standard;

    /// <inheritdoc cref="Compositional.Networks.Flatten"/>
    public static Network Flatten { get; } = new Flatten();

    /// <inheritdoc cref="Compositional.Networks.Identity"/>
    public static Network Identity { get; } = new Identity();

    /// <inheritdoc cref="Compositional.Networks.Dense"/>
    /// <param name="weightStd">σw ≥ 0.</param>
    /// <param name="biasStd">σb ≥ 0; 0 is no bias.</param>
    /// <param name="parameterization"><see cref="Ntk"/> or <see cref="Standard"/>.</param>
    /// <param name="width">Output channels, where a kernel depends on them.</param>
    /// <param name="trainable">Whether its parameters are trained.</param>
    /// <param name="learningRate">Its learning rate relative to the other layers'.</param>
    public static Network Dense(
        double weightStd = 1, double biasStd = 0, Parameterization parameterization = Ntk, int? width = null, bool trainable = true,
        double learningRate = 1) => new Dense(weightStd, biasStd, parameterization, width, trainable, learningRate);

    /// <inheritdoc cref="Compositional.Networks.LayerNorm"/>
    /// <param name="axes">Axes of one sample; none given: the channels.</param>
    public static Network LayerNorm(params ReadOnlySpan<int> axes) => new LayerNorm(axes.IsEmpty ? null : [.. axes]);

    /// <inheritdoc cref="Compositional.Networks.Dropout"/>
    /// <param name="keepProbability">The probability of keeping a unit, in (0, 1].</param>
    public static Network Dropout(double keepProbability) => new Dropout(keepProbability);

    /// <inheritdoc cref="Compositional.Networks.Product"/>
    /// <param name="branches">At least one branch.</param>
    public static Network Product(params Network[] branches) => Compositional.Networks.Product.Of(branches);

    /// <inheritdoc cref="Compositional.Networks.Concat"/>
    /// <param name="branches">At least one branch.</param>
    public static Network Concat(params Network[] branches) => Compositional.Networks.Concat.Of(branches);

    /// <inheritdoc cref="Compositional.Networks.Concat"/>
    /// <param name="axis">−1 for channels, else a spatial axis.</param>
    /// <param name="branches">At least one branch.</param>
    public static Network Concat(int axis, params Network[] branches) => Compositional.Networks.Concat.Of(branches, axis);

    /// <inheritdoc cref="Compositional.Networks.Repeat"/>
    /// <param name="count">How often.</param>
    /// <param name="body">What is repeated.</param>
    public static Network Repeat(int count, Network body) => new Repeat(count, body);

    /// <summary>An activation described by its own record, for one that has no word here.</summary>
    public static Network Apply(Activation activation) => new ActivationLayer(activation);
}
