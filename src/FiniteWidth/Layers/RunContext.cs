using System.Numerics;
using InfiniteNtk.FiniteWidth.Products;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>What a whole run has in common.</summary>
/// <param name="Parameters">The parameters to run with.</param>
/// <param name="FirstSample">
/// The number of the batch's first sample: samples of the same number meet the same dropout mask, all others independent ones.
/// </param>
/// <param name="Product">Multiplies matrices.</param>
/// <param name="Memory">Where the run's signals live.</param>
internal sealed record RunContext<T>(ParameterSet<T> Parameters, int FirstSample, IMatrixProduct<T> Product, SignalMemory<T> Memory)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Stops between layers, in both directions.</summary>
    public CancellationToken Cancellation { get; init; }
}
