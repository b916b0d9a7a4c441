namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// Receives an activation's dual as its own struct type, so that a loop is compiled for that formula without reflection and
/// without a switch over activations.
/// </summary>
internal interface IDualUser<out TResult>
{
    /// <summary>The activation has a closed form.</summary>
    TResult Use<TDual>(TDual dual) where TDual : struct, IDual;

    /// <summary>The activation is expanded in Hermite polynomials: coefficients per sample, a polynomial in ρ per entry.</summary>
    TResult Use(SeriesDual series);

    /// <summary>The activation has kinks and no closed form: each pair is integrated by itself.</summary>
    TResult Use(QuadratureDual quadrature);
}
