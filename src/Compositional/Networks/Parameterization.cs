namespace InfiniteNtk;

/// <summary>How weights are scaled: the same NNGP kernel, different tangent kernels.</summary>
public enum Parameterization
{
    /// <summary>y = σw/√C · W x + σb·b with W, b ~ N(0, 1): every layer trains at a rate independent of width.</summary>
    Ntk,

    /// <summary>y = W x + b with W ~ N(0, σw²/C), b ~ N(0, σb²): the NTK grows with the fan-in, which therefore must be known.</summary>
    Standard,
}
