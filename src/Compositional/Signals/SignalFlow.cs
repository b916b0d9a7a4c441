namespace InfiniteNtk.Compositional.Signals;

/// <summary>
/// A network lowered to the straight line of its layers, for samples of one shape: repetitions unrolled, branches in order,
/// elementwise layers in front of a flattening, every signal's shape and kind known and every undefined limit refused. The
/// kernel program, the LaTeX recursion and the explanation read it.
/// </summary>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Nodes">Node 0 is the input, the last node is the output.</param>
internal sealed record SignalFlow(SampleShape Input, ValueList<FlowNode> Nodes)
{
    /// <summary>The signal that leaves the network.</summary>
    public Signal Output => Nodes[^1].Output;

    /// <summary>Lowers <paramref name="network"/>. Cost: one step per layer, repetitions counted.</summary>
    /// <exception cref="UndefinedLimitException">
    /// Its infinite-width limit is not known or it has no scalar kernel; the message names the path to the layer.
    /// </exception>
    /// <exception cref="ShapeMismatchException">Branches of different shapes are joined.</exception>
    /// <exception cref="InvalidArgumentException">It has more than 100,000 layers after unrolling.</exception>
    public static SignalFlow Of(Network network, SampleShape input)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        SignalFlow flow = new FlowBuilder(input).Build(network);
        return flow.Output.Positions.Count == 0
            ? flow
            : throw new UndefinedLimitException(
                "Cannot make a scalar kernel of this network", $"it ends with positions {string.Join('×', flow.Output.Positions)}",
                "its output must have channels only", "End it with Flatten, or with GlobalAveragePool, and Dense");
    }
}
