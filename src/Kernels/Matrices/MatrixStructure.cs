namespace InfiniteNtk;

/// <summary>What is known about a matrix by construction.</summary>
public enum MatrixStructure
{
    /// <summary>Nothing.</summary>
    General,

    /// <summary>Symmetric bit for bit: both triangles hold the same numbers.</summary>
    Symmetric,
}
