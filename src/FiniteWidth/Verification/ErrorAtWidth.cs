namespace InfiniteNtk;

/// <summary>How far one sampled mean is from its limit, at one width.</summary>
/// <param name="Width">The hidden width.</param>
/// <param name="Error">e = (mean − exact)/scale.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Draws">Draws behind it.</param>
public readonly record struct ErrorAtWidth(int Width, double Error, double StandardError, int Draws);
