using System.Globalization;
using InfiniteNtk.Compositional.Recursion;

namespace InfiniteNtk.Compositional.Latex;

/// <summary>The recursion as LaTeX: the arguments (x, x') are left out, positions are subscripts.</summary>
internal sealed class LatexNotation : INotation
{
    private readonly List<Activation> _activations = [];

    /// <summary>The activations met, in order of first use: their number is their subscript.</summary>
    public IReadOnlyList<Activation> Activations => _activations;

    public string K(int node, bool hasPositions) => Symbol("K", node, hasPositions ? "_{ss'}" : "");

    public string Theta(int node, bool hasPositions) => Symbol(@"\Theta", node, hasPositions ? "_{ss'}" : "");

    public (string Left, string Right) Variances(int node, bool hasPositions) =>
        (Symbol("p", node, hasPositions ? "_{s}" : ""), Symbol("q", node, hasPositions ? "_{s'}" : ""));

    public string Number(double value)
    {
        string text = value.ToString(value == Math.Round(value) && Math.Abs(value) < 1e9 ? "F0" : "G6", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent < 0) return text;
        string power = $"10^{{{int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}}}";
        return text[..exponent] == "1" ? power : $@"{text[..exponent]} \cdot {power}";
    }

    public string Times(params IEnumerable<string> factors) => string.Join(@"\,", factors);

    public string Fraction(string numerator, string denominator) => $@"\frac{{{numerator}}}{{{denominator}}}";

    public string Root(string radicand) => $@"\sqrt{{{radicand}}}";

    public string PositionMean(string summand, long positions) => string.Create(
        CultureInfo.InvariantCulture, $@"\frac{{1}}{{{positions}}} \sum_{{s}} {summand.Replace("_{ss'}", "_{ss}", StringComparison.Ordinal)}");

    public string Mapped(PositionMap map, string covariance, bool hasPositions) => $"{Letter(map)}[{covariance}]{(hasPositions ? "_{ss'}" : "")}";

    public string Blocks(IEnumerable<string> covariances, bool hasPositions) =>
        $@"\bigl({string.Join(@" \oplus ", covariances)}\bigr){(hasPositions ? "_{ss'}" : "")}";

    public string SamePosition() => @"\delta_{ss'}";

    public (string Left, string Right) MeanVariances(int node) => (Symbol(@"\bar p", node, "_{s}"), Symbol(@"\bar q", node, "_{s'}"));

    public string InnerProduct(bool hasPositions) => hasPositions ? @"\langle x_{s}, x'_{s'} \rangle" : @"\langle x, x' \rangle";

    public string SameSample(bool hasPositions) => hasPositions ? @"\delta_{xx'} \delta_{ss'}" : @"\delta_{xx'}";

    public string Dual(Activation activation, bool derivative, int node, bool hasPositions)
    {
        (string p, string q) = Variances(node, hasPositions);
        return $@"{Dual(activation, derivative)}\bigl({p}, {q}, {K(node, hasPositions)}\bigr)";
    }

    /// <summary>The dual's own symbol; its subscript is dropped by the writer where there is only one activation.</summary>
    public string Dual(Activation activation, bool derivative)
    {
        int index = _activations.IndexOf(activation);
        if (index < 0)
        {
            index = _activations.Count;
            _activations.Add(activation);
        }

        string hat = derivative ? @"\dot{V}" : "V";
        return string.Create(CultureInfo.InvariantCulture, $@"{hat}_{{\phi_{{{index + 1}}}}}");
    }

    /// <summary>The letter of a linear map; <see cref="NetworkLatex"/> explains those that occur.</summary>
    public static string Letter(PositionMap map) => map switch
    {
        PositionMap.Taps => @"\mathcal{A}",
        PositionMap.TransposedTaps => @"\mathcal{A}^{\top}",
        PositionMap.AveragePool => @"\mathcal{P}",
        PositionMap.SumPool => @"\mathcal{S}",
        PositionMap.GlobalAverage => @"\operatorname{mean}",
        PositionMap.GlobalSum => @"\operatorname{sum}",
        PositionMap.Resize => @"\mathcal{R}",
        _ => @"\mathcal{I}",
    };

    /// <summary>What a linear map is, in a sentence.</summary>
    public static string Meaning(PositionMap map) => $"${Letter(map)}[M]{(map is PositionMap.GlobalAverage or PositionMap.GlobalSum ? "" : "_{ss'}")} = " + map switch
    {
        PositionMap.Taps => @"\frac{1}{|k|} \sum_j M_{r(s,j)\,r(s',j)}$ over the taps $j$ of the layer's filter, $r(s, j)$ the position that tap $j$ of $s$ reads; taps outside contribute $0$",
        PositionMap.TransposedTaps => @"\frac{1}{|k|} \sum_j \sum_{o,o'} M_{oo'}$ over the taps $j$ and the inputs $o, o'$ that write to $s, s'$ by tap $j$",
        PositionMap.AveragePool => @"\frac{1}{d_s d_{s'}} \sum_{t \in W_s} \sum_{t' \in W_{s'}} M_{tt'}$ over the windows of $s$ and $s'$, $d$ their divisor",
        PositionMap.SumPool => @"\sum_{t \in W_s} \sum_{t' \in W_{s'}} M_{tt'}$ over the windows of $s$ and $s'$",
        PositionMap.GlobalAverage => @"\frac{1}{S^2} \sum_{s,s'} M_{ss'}$ over all $S$ positions",
        PositionMap.GlobalSum => @"\sum_{s,s'} M_{ss'}$ over all positions",
        PositionMap.Resize => @"\sum_{t,t'} R_{st} R_{s't'} M_{tt'}$ with the weights $R$ of the interpolation",
        _ => @"M_{i(s)\,i(s')}$ with $i(s)$ the position that $s$ is taken from",
    };

    private static string Symbol(string symbol, int node, string positions) =>
        string.Create(CultureInfo.InvariantCulture, $"{symbol}^{{({node})}}{positions}");
}
