namespace InfiniteNtk;

/// <summary>Which kernels to compute; without <see cref="Ntk"/> nothing of the NTK recursion is evaluated.</summary>
[Flags]
public enum KernelOutputs
{
    /// <summary>The NNGP kernel K.</summary>
    Nngp = 1,

    /// <summary>The neural tangent kernel Θ.</summary>
    Ntk = 2,

    /// <summary>Both.</summary>
    Both = Nngp | Ntk,
}
