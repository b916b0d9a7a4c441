namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>Learns what reaches each layer with parameters on the way backwards.</summary>
internal interface IBackwardVisitor
{
    /// <summary>Called once per layer with parameters.</summary>
    void Visit(ParameterizedRun run, Signal gradient);
}
