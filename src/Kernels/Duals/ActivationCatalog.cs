using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The one table of activations: name, parameters, constructor. Text, JSON, tests and documentation all read it, so that
/// adding an activation is one file and one row here.
/// </summary>
public static class ActivationCatalog
{
    /// <summary>One row per activation; JSON uses the same names with a lower-case first letter.</summary>
    public static IReadOnlyList<Signature<Activation>> All { get; } =
    [
        Signature<Activation>.Of<Relu>("Relu", [], _ => new Relu(), _ => []),
    ];
}
