using System.Globalization;
using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk.Compositional.Recursion;

/// <summary>The recursion on one line of text: K₂ = 2 K₁ + 0.01.</summary>
internal sealed class PlainNotation : INotation
{
    public string K(int node, bool hasPositions) => "K" + Subscript(node) + Positions(hasPositions);

    public string Theta(int node, bool hasPositions) => "Θ" + Subscript(node) + Positions(hasPositions);

    public (string Left, string Right) Variances(int node, bool hasPositions) =>
        ("p" + Subscript(node) + (hasPositions ? "[s]" : ""), "q" + Subscript(node) + (hasPositions ? "[s']" : ""));

    public string Number(double value) => value.ToString(value == Math.Round(value) && Math.Abs(value) < 1e9 ? "F0" : "G6", CultureInfo.InvariantCulture);

    public string Times(params IEnumerable<string> factors) => string.Join(' ', factors);

    public string Fraction(string numerator, string denominator) => $"{numerator}/{denominator}";

    public string Root(string radicand) => $"√({radicand})";

    public string PositionMean(string summand, long positions) =>
        string.Create(CultureInfo.InvariantCulture, $"1/{positions} Σ {summand.Replace("[s,s']", "[s,s]", StringComparison.Ordinal)}");

    public string Mapped(PositionMap map, string covariance, bool hasPositions) => $"{Letter(map)}[{covariance}]{Positions(hasPositions)}";

    public string Blocks(IEnumerable<string> covariances, bool hasPositions) => $"({string.Join(" ⊕ ", covariances)}){Positions(hasPositions)}";

    public string SamePosition() => "[s = s']";

    public (string Left, string Right) MeanVariances(int node) => ($"p̄{Subscript(node)}[s]", $"q̄{Subscript(node)}[s']");

    public string InnerProduct(bool hasPositions) => hasPositions ? "⟨x[s], x'[s']⟩" : "⟨x, x'⟩";

    public string SameSample(bool hasPositions) => hasPositions ? "[x = x', s = s']" : "[x = x']";

    public string Dual(Activation activation, bool derivative, int node, bool hasPositions)
    {
        (string p, string q) = Variances(node, hasPositions);
        return $"{new ActivationLayer(activation)}{(derivative ? "˙" : "")}[{p}, {q}, {K(node, hasPositions)}]";
    }

    /// <summary>What a linear map is, for the end of a listing.</summary>
    public static string Meaning(PositionMap map) => map switch
    {
        PositionMap.Taps => "A[K][s,s'] = mean of K[r(s,j), r(s',j)] over the taps j of the filter, r(s,j) the position that tap j of s reads; 0 outside.",
        PositionMap.TransposedTaps => "Aᵀ[K][s,s'] = sum of K[o, o'] over the inputs o, o' that write to s, s' by the same tap, divided by the number of taps.",
        PositionMap.AveragePool => "P[K][s,s'] = mean of K over the window of s and the window of s'.",
        PositionMap.SumPool => "S[K][s,s'] = sum of K over the window of s and the window of s'.",
        PositionMap.GlobalAverage => "mean[K] = mean of K[s,s'] over all s and s'.",
        PositionMap.GlobalSum => "sum[K] = sum of K[s,s'] over all s and s'.",
        PositionMap.Resize => "R[K][s,s'] = K interpolated at the centres of s and s'.",
        _ => "I[K][s,s'] = K at the positions that s and s' are taken from.",
    };

    private static string Letter(PositionMap map) => map switch
    {
        PositionMap.Taps => "A",
        PositionMap.TransposedTaps => "Aᵀ",
        PositionMap.AveragePool => "P",
        PositionMap.SumPool => "S",
        PositionMap.GlobalAverage => "mean",
        PositionMap.GlobalSum => "sum",
        PositionMap.Resize => "R",
        _ => "I",
    };

    private static string Positions(bool present) => present ? "[s,s']" : "";

    private static string Subscript(int number) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('₀' + (digit - '0'))));
}
