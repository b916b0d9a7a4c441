namespace InfiniteNtk;

/// <summary>Who does the dense linear algebra.</summary>
public enum LinearAlgebraBackend
{
    /// <summary>The OpenBLAS that is installed on the machine (libopenblas).</summary>
    OpenBlas,

    /// <summary>The Intel MKL that is installed on the machine (libmkl_rt).</summary>
    Mkl,

    /// <summary>Whatever provider MathNet.Numerics uses in this process, its native packages included.</summary>
    MathNet,

    /// <summary>This project's own code: needs nothing installed.</summary>
    Managed,
}
