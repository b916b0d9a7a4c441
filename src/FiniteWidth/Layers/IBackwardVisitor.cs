using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>Learns what reaches each layer with parameters on the way backwards.</summary>
internal interface IBackwardVisitor<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Called once per layer with parameters.</summary>
    void Visit(ParameterizedRun<T> run, Signal<T> gradient);
}
