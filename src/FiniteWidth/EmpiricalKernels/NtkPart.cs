namespace InfiniteNtk;

/// <summary>What one layer's parameters contribute to an empirical NTK; positive semi-definite on a symmetric set.</summary>
/// <param name="Path">Where in the network the layer stands.</param>
/// <param name="Matrix">Its term, of the size of the whole.</param>
public sealed record NtkPart(string Path, KernelMatrix<double> Matrix);
