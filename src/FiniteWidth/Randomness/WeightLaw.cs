namespace InfiniteNtk;

/// <summary>The law of a weight matrix; both have entries of mean 0 and variance 1, and the same kernels at infinite width.</summary>
public enum WeightLaw
{
    /// <summary>Independent standard Gaussians.</summary>
    Gaussian,

    /// <summary>
    /// Uniform (Haar) among the matrices with orthonormal rows or columns, whichever are fewer, times the square root of the larger
    /// size: smaller fluctuations from layer to layer than Gaussian weights.
    /// </summary>
    Orthogonal,
}
