namespace InfiniteNtk.Compositional.Recursion;

/// <summary>How the symbols of the kernel recursion are written; the formulas themselves are in <see cref="RecursionReader"/>.</summary>
internal interface INotation
{
    /// <summary>K after a layer, K(x, x') or K[s, s'](x, x').</summary>
    string K(int node, bool hasPositions);

    /// <summary>Θ after a layer.</summary>
    string Theta(int node, bool hasPositions);

    /// <summary>The variances p = K(x, x) and q = K(x', x') after a layer.</summary>
    (string Left, string Right) Variances(int node, bool hasPositions);

    /// <summary>A number, shortened to what a reader wants.</summary>
    string Number(double value);

    /// <summary>A product of factors.</summary>
    string Times(params IEnumerable<string> factors);

    /// <summary>A quotient.</summary>
    string Fraction(string numerator, string denominator);

    /// <summary>A square root.</summary>
    string Root(string radicand);

    /// <summary>The mean over equal positions.</summary>
    string PositionMean(string summand, long positions);

    /// <summary>A linear map of a covariance, A[K] at s, s' (or without positions).</summary>
    string Mapped(PositionMap map, string covariance, bool hasPositions);

    /// <summary>Blocks along an axis of positions.</summary>
    string Blocks(IEnumerable<string> covariances, bool hasPositions);

    /// <summary>1 where both positions are the same, else 0.</summary>
    string SamePosition();

    /// <summary>Both variances averaged over some axes of positions.</summary>
    (string Left, string Right) MeanVariances(int node);

    /// <summary>The inner product of two samples, or of two positions of them.</summary>
    string InnerProduct(bool hasPositions);

    /// <summary>1 where a sample of a symmetric kernel meets itself at the same position, else 0.</summary>
    string SameSample(bool hasPositions);

    /// <summary>V(p, q, K) or its derivative in K.</summary>
    string Dual(Activation activation, bool derivative, int node, bool hasPositions);
}
