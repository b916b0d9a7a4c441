namespace InfiniteNtk;

/// <summary>Which of a network's two kernels a matrix holds.</summary>
public enum KernelKind
{
    /// <summary>Not known: a matrix of the user's own, or no kernel at all. It is taken at the user's word.</summary>
    Unknown,

    /// <summary>The NNGP kernel K, the covariance of outputs at initialisation.</summary>
    Nngp,

    /// <summary>The neural tangent kernel Θ.</summary>
    Ntk,
}
