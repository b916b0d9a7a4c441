using System.Numerics;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Products;
using InfiniteNtk.FiniteWidth.Randomness;

namespace InfiniteNtk;

/// <summary>
/// A network of finite width with its weights: it runs, and it differentiates in both directions. Immutable; training makes new
/// ones. It shares no formula with the kernels it is held against, only φ and φ′ of the activations.
/// </summary>
/// <remarks>
/// <para>
/// Dense layers compute y = σw/√F·W·x + σb·b with W, b ~ N(0, 1) (NTK parameterization), or y = W·x + b with W ~ N(0, σw²/F),
/// b ~ N(0, σb²) (standard), at every position, F the channels that arrive. Convolutions do so with x the patch under the filter, F its
/// taps × channels.
/// </para>
/// <para>
/// Dropout masks belong to the numbers of samples in a batch: the same sample twice in a batch meets two masks, the same batch run
/// twice the same masks.
/// </para>
/// </remarks>
/// <typeparam name="T">
/// The numbers it computes with: <see cref="double"/>, or <see cref="float"/> at about twice the speed, its weights those of the same seed
/// in double precision, rounded. Samples, outputs and kernels are double either way.
/// </typeparam>
public sealed class FiniteNetwork<T> : IDifferentiableModel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FiniteLayer _layer;
    private readonly IMatrixProduct<T> _product;

    internal FiniteNetwork(Network network, FiniteLayer layer, ParameterSet<T> parameters, IMatrixProduct<T> product)
    {
        Network = network;
        _layer = layer;
        Parameters = parameters;
        _product = product;
    }

    /// <summary>What was sampled, with all widths.</summary>
    public Network Network { get; }

    /// <summary>Its parameters.</summary>
    public ParameterSet<T> Parameters { get; }

    /// <summary>The function that the parameters enter.</summary>
    internal FiniteLayer Layer => _layer;

    /// <summary>What multiplies its matrices.</summary>
    internal IMatrixProduct<T> Product => _product;

    /// <summary>The shape of its samples.</summary>
    public SampleShape Input => _layer.Input;

    /// <summary>The shape of its outputs.</summary>
    public SampleShape Output => _layer.Output;

    /// <summary>The same network with other parameters.</summary>
    public FiniteNetwork<T> With(ParameterSet<T> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters.RequireSameShape(parameters);
        return new FiniteNetwork<T>(Network, _layer, parameters, _product);
    }

    /// <summary>f(x): one row a sample, one column an output (positions × channels where positions remain).</summary>
    /// <exception cref="ShapeMismatchException">The samples have another shape.</exception>
    public KernelMatrix<double> Outputs(Samples samples)
    {
        using var memory = new SignalMemory<T>();
        return ToMatrix(Run(samples, memory).Output);
    }

    /// <summary>
    /// Jᵀu: the gradient of Σ u[n, o]·f(x_n)[o] with respect to the parameters, by one backward pass, each layer's times its learning
    /// rate η: the direction in which gradient descent moves. Frozen layers have 0.
    /// </summary>
    /// <param name="samples">x.</param>
    /// <param name="outputGradient">u, samples × outputs.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    public ParameterSet<T> Gradient(Samples samples, KernelMatrix<double> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        using var memory = new SignalMemory<T>();
        LayerRun<T> run = Run(samples, memory);
        RequireOutputs(outputGradient, run.Output);
        var visitor = new GradientCollector(Parameters.Zeros());
        run.Backward(FromMatrix(outputGradient, Output, memory), visitor);
        return visitor.Gradient;
    }

    /// <summary>J·v: the derivative of the outputs along a change of the parameters, by one forward pass; samples × outputs.</summary>
    /// <param name="samples">x.</param>
    /// <param name="direction">v.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    public KernelMatrix<double> Tangent(Samples samples, ParameterSet<T> direction)
    {
        Parameters.RequireSameShape(direction);
        using var memory = new SignalMemory<T>();
        LayerRun<T> run = Run(samples, memory);
        return ToMatrix(run.Tangent(memory.Zeros(run.Output.Count, Input), direction));
    }

    IDifferentiableModel<T> IDifferentiableModel<T>.At(ParameterSet<T> parameters) => With(parameters);

    /// <summary>The network, its input, its parameters and numbers.</summary>
    public override string ToString() => $"{Network} on {Input}: {Parameters.Count} parameters, {(typeof(T) == typeof(float) ? "float32" : "float64")}";

    /// <summary>Runs on a batch whose first sample has the given number; the run lives as long as the memory.</summary>
    internal LayerRun<T> Run(Samples samples, SignalMemory<T> memory, int firstSample = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Shape != Input)
        {
            throw new ShapeMismatchException(
                "Cannot run this network", $"the samples are {samples.Shape}", $"it was made for {Input}", "Pass samples of that shape or sample the network anew");
        }

        cancellation.ThrowIfCancellationRequested();
        Signal<T> input = FromMatrix(samples.Rows, Input, memory) with { IsConstant = true };
        return _layer.Forward(input, new RunContext<T>(Parameters, firstSample, _product, memory) { Cancellation = cancellation });
    }

    /// <summary>
    /// A parameter direction of independent Gaussians of variance η, the layer's learning rate; the same for the same seed and number.
    /// </summary>
    internal ParameterSet<T> RandomDirection(ulong seed, uint number)
    {
        ParameterSet<T> direction = Parameters.Zeros();
        foreach (LayerParameters<T> layer in direction.Layers)
        {
            double std = Math.Sqrt(layer.LearningRate);
            new RandomStream(seed, number, $"{layer.Path} tangent weights").Gaussian(0, layer.Weights.Span, std);
            new RandomStream(seed, number, $"{layer.Path} tangent biases").Gaussian(0, layer.Biases.Span, std);
        }

        return direction;
    }

    internal static Signal<T> FromMatrix(KernelMatrix<double> matrix, SampleShape shape, SignalMemory<T> memory)
    {
        Signal<T> signal = memory.Signal(checked((int)matrix.Rows), shape);
        for (int i = 0; i < signal.Count; i++) Vectors.Round<T>(matrix.View.Row(i), signal.Sample(i));
        return signal;
    }

    private static KernelMatrix<double> ToMatrix(Signal<T> signal)
    {
        var matrix = new KernelMatrix<double>(signal.Count, signal.Shape.Size);
        for (int i = 0; i < signal.Count; i++)
        {
            ReadOnlySpan<T> sample = signal.Sample(i);
            Span<double> row = matrix.View.Row(i);
            for (int k = 0; k < row.Length; k++) row[k] = double.CreateTruncating(sample[k]);
        }

        return matrix;
    }

    private static void RequireOutputs(KernelMatrix<double> gradient, Signal<T> output)
    {
        if (gradient.Rows == output.Count && gradient.Columns == output.Shape.Size) return;
        throw new ShapeMismatchException(
            "Cannot differentiate", $"the output gradient is {gradient.Rows} × {gradient.Columns}", $"it must be {output.Count} × {output.Shape.Size}",
            "Pass one row a sample and one column an output");
    }

    private sealed class GradientCollector(ParameterSet<T> gradient) : IBackwardVisitor<T>
    {
        public ParameterSet<T> Gradient => gradient;

        public void Visit(ParameterizedRun<T> run, Signal<T> outputGradient) => run.AddGradient(outputGradient, gradient.Layers[run.Layer]);
    }
}
