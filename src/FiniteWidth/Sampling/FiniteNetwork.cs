using InfiniteNtk.Compositional;
using InfiniteNtk.FiniteWidth.Layers;
using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.FiniteWidth.Products;
using InfiniteNtk.FiniteWidth.Training;
using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.FiniteWidth.Sampling;

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
public sealed class FiniteNetwork : IDifferentiableModel
{
    private readonly FiniteLayer _layer;
    private readonly ulong _seed;
    private readonly SamplingOptions _options;
    private readonly ManagedProduct _product;

    private FiniteNetwork(Network network, FiniteLayer layer, ParameterSet parameters, ulong seed, SamplingOptions options)
    {
        Network = network;
        _layer = layer;
        Parameters = parameters;
        _seed = seed;
        _options = options;
        _product = new ManagedProduct(options.Threads ?? Environment.ProcessorCount);
    }

    /// <summary>What was sampled, with all widths.</summary>
    public Network Network { get; }

    /// <summary>Its parameters.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The function that the parameters enter.</summary>
    internal FiniteLayer Layer => _layer;

    /// <summary>The shape of its samples.</summary>
    public SampleShape Input => _layer.Input;

    /// <summary>The shape of its outputs.</summary>
    public SampleShape Output => _layer.Output;

    /// <summary>A network with weights drawn from a seed: the same on every machine and for any number of threads.</summary>
    /// <param name="network">The architecture, with a width in each dense layer (<see cref="Widths.ApplyTo"/> puts them there).</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">Law of the weights, repetition, threads, budget.</param>
    /// <exception cref="InvalidArgumentException">A dense layer has no width.</exception>
    /// <exception cref="ShapeMismatchException">Branches that are joined do not fit together.</exception>
    /// <exception cref="MemoryBudgetException">The weights do not fit the budget; nothing of that size was allocated.</exception>
    public static FiniteNetwork Sample(Network network, SampleShape input, ulong seed, SamplingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        options ??= SamplingOptions.Default;
        var sampler = new NetworkSampler(input, seed, options);
        FiniteLayer layer = network.Accept(sampler);
        return new FiniteNetwork(network, layer, new ParameterSet([.. sampler.Draws.Select(draw => draw.Realize(options.Weights))]), seed, options);
    }

    /// <summary>The same with one hidden width and a number of outputs.</summary>
    /// <inheritdoc cref="Sample(Network, SampleShape, ulong, SamplingOptions?)"/>
    public static FiniteNetwork Sample(Network network, SampleShape input, Widths widths, ulong seed, SamplingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(widths);
        return Sample(widths.ApplyTo(network), input, seed, options);
    }

    /// <summary>The same network with other parameters.</summary>
    public FiniteNetwork With(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters.RequireSameShape(parameters);
        return new FiniteNetwork(Network, _layer, parameters, _seed, _options);
    }

    /// <summary>f(x): one row a sample, one column an output (positions × channels where positions remain).</summary>
    /// <exception cref="ShapeMismatchException">The samples have another shape.</exception>
    public KernelMatrix<double> Outputs(Samples samples) => ToMatrix(Run(samples).Output);

    /// <summary>
    /// Jᵀu: the gradient of Σ u[n, o]·f(x_n)[o] with respect to the parameters, by one backward pass, each layer's times its learning
    /// rate η: the direction in which gradient descent moves. Frozen layers have 0.
    /// </summary>
    /// <param name="samples">x.</param>
    /// <param name="outputGradient">u, samples × outputs.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    public ParameterSet Gradient(Samples samples, KernelMatrix<double> outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        LayerRun run = Run(samples);
        RequireOutputs(outputGradient, run.Output);
        var visitor = new GradientCollector(Parameters.Zeros());
        run.Backward(FromMatrix(outputGradient, Output), visitor);
        return visitor.Gradient;
    }

    /// <summary>J·v: the derivative of the outputs along a change of the parameters, by one forward pass; samples × outputs.</summary>
    /// <param name="samples">x.</param>
    /// <param name="direction">v.</param>
    /// <exception cref="ShapeMismatchException">A size does not fit.</exception>
    public KernelMatrix<double> Tangent(Samples samples, ParameterSet direction)
    {
        Parameters.RequireSameShape(direction);
        LayerRun run = Run(samples);
        return ToMatrix(run.Tangent(new Signal(run.Output.Count, Input), direction));
    }

    IDifferentiableModel IDifferentiableModel.At(ParameterSet parameters) => With(parameters);

    /// <summary>Runs on a batch whose first sample has the given number.</summary>
    internal LayerRun Run(Samples samples, int firstSample = 0)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Shape != Input)
        {
            throw new ShapeMismatchException(
                "Cannot run this network", $"the samples are {samples.Shape}", $"it was made for {Input}", "Pass samples of that shape or sample the network anew");
        }

        return _layer.Forward(FromMatrix(samples.Rows, Input), new RunContext(Parameters, firstSample, _product));
    }

    /// <summary>
    /// A parameter direction of independent Gaussians of variance η, the layer's learning rate; the same for the same seed and number.
    /// </summary>
    internal ParameterSet RandomDirection(ulong seed, uint number)
    {
        ParameterSet direction = Parameters.Zeros();
        foreach (LayerParameters layer in direction.Layers)
        {
            new Randomness.RandomStream(seed, number, $"{layer.Path} tangent weights").Gaussian(0, layer.Weights.Span);
            new Randomness.RandomStream(seed, number, $"{layer.Path} tangent biases").Gaussian(0, layer.Biases.Span);
            Scale(layer.Weights.Span, Math.Sqrt(layer.LearningRate));
            Scale(layer.Biases.Span, Math.Sqrt(layer.LearningRate));
        }

        return direction;
    }

    internal static Signal FromMatrix(KernelMatrix<double> matrix, SampleShape shape)
    {
        var signal = new Signal(checked((int)matrix.Rows), shape);
        for (int i = 0; i < signal.Count; i++) matrix.View.Row(i).CopyTo(signal.Sample(i));
        return signal;
    }

    private static void Scale(Span<double> values, double factor)
    {
        if (factor == 1) return;
        for (int i = 0; i < values.Length; i++) values[i] *= factor;
    }

    private static KernelMatrix<double> ToMatrix(Signal signal)
    {
        var matrix = new KernelMatrix<double>(signal.Count, signal.Shape.Size);
        for (int i = 0; i < signal.Count; i++) signal.Sample(i).CopyTo(matrix.View.Row(i));
        return matrix;
    }

    private static void RequireOutputs(KernelMatrix<double> gradient, Signal output)
    {
        if (gradient.Rows == output.Count && gradient.Columns == output.Shape.Size) return;
        throw new ShapeMismatchException(
            "Cannot differentiate", $"the output gradient is {gradient.Rows} × {gradient.Columns}", $"it must be {output.Count} × {output.Shape.Size}",
            "Pass one row a sample and one column an output");
    }

    private sealed class GradientCollector(ParameterSet gradient) : IBackwardVisitor
    {
        public ParameterSet Gradient => gradient;

        public void Visit(ParameterizedRun run, Signal outputGradient) => run.AddGradient(outputGradient, gradient.Layers[run.Layer]);
    }
}
