using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Compositional.Explanation;

/// <summary>How the dual of an activation is computed where it has no closed form, and what that costs; null: it has one.</summary>
internal sealed class DualCost : IDualUser<string?>
{
    /// <summary>A line for each of <paramref name="activations"/> without closed form.</summary>
    public static IEnumerable<string> Of(IEnumerable<Activation> activations) => activations.Distinct()
        .Select(activation => (activation, Cost: activation.Open(new DualCost())))
        .Where(pair => pair.Cost is not null)
        .Select(pair => $"{new ActivationLayer(pair.activation)} has no closed form: {pair.Cost}.");

    public string? Use<TDual>(TDual dual) where TDual : struct, IDual => null;

    public string? Use(SeriesDual series) =>
        $"{series.Count} Hermite coefficients a sample and layer; pairs with a variance that they do not reach are integrated, about a hundred times slower, and the report of the kernel says so";

    public string? Use(QuadratureDual quadrature) => "each pair is integrated, some tenths of a millisecond an entry and layer";
}
