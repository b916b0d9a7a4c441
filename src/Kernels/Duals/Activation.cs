using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk;

/// <summary>
/// An elementwise nonlinearity φ as data: compared by value, printed, and opened to its dual when a kernel is computed.
/// The record, its dual struct, φ and φ′ share one file; <see cref="ActivationCatalog"/> has one row per activation.
/// </summary>
public abstract record Activation
{
    /// <summary>φ(x), for finite networks and for quadrature.</summary>
    public abstract double Value(double x);

    /// <summary>φ′(x); at a kink the mean of both sides.</summary>
    public abstract double Derivative(double x);

    /// <summary>Hands the dual to <paramref name="user"/> as its own type.</summary>
    internal abstract TResult Open<TResult>(IDualUser<TResult> user);

    /// <summary>
    /// Why the dual does not exist at this variance (an expectation that diverges), or null where it does.
    /// </summary>
    public virtual string? DomainProblem(double variance) => null;
}
