using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Compositional;

public static partial class Layers
{
    /// <inheritdoc cref="Kernels.Duals.Relu"/>
    public static Network Relu { get; } = new ActivationLayer(new Relu());
}
