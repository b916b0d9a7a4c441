namespace InfiniteNtk.Tests.Support;

/// <summary>Which networks a generator makes.</summary>
public enum NetworkFamily
{
    /// <summary>All layers and activations.</summary>
    All,

    /// <summary>Without biases, with rectifiers only: f(cx) = c·f(x) for c &gt; 0.</summary>
    Homogeneous,

    /// <summary>All layers, NTK parameterization, ending with Dense: Θ − K is a covariance.</summary>
    NtkEndingInDense,

    /// <summary>All layers, with those over positions: odd sizes, strides, all paddings, branches, pooling in the middle.</summary>
    Spatial,
}
