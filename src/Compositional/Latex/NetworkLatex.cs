using System.Globalization;
using System.Text;
using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Compositional.Geometry;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Recursion;
using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Latex;

/// <summary>The kernel recursion of a network as equations: one line per layer, then the dual of every activation used.</summary>
internal static class NetworkLatex
{
    /// <summary>Equations for a paper that loads <c>amsmath</c>.</summary>
    /// <exception cref="UndefinedLimitException">The limit is not known; the message names the path to the layer.</exception>
    /// <exception cref="ShapeMismatchException">Branches of different shapes are joined.</exception>
    public static string Equations(Network network, SampleShape input)
    {
        SignalFlow flow = SignalFlow.Of(network, input);
        var notation = new LatexNotation();
        var reader = new RecursionReader(flow, notation);
        var text = new StringBuilder();
        text.Append("\\begin{align*}\n");
        text.AppendJoin(" \\\\\n", flow.Nodes.Select(node => Line(node, reader.Row(node), notation)));
        text.Append("\n\\end{align*}\n");
        WriteSymbols(flow, reader.Maps, text);
        if (notation.Activations.Count > 0) WriteDuals(notation, text);
        return text.ToString();
    }

    /// <summary>A document that compiles by itself.</summary>
    /// <inheritdoc cref="Equations"/>
    public static string Document(Network network, SampleShape input) => $$"""
        \documentclass{article}
        \usepackage[a4paper, landscape, margin=15mm]{geometry}
        \usepackage{amsmath, amssymb}
        \allowdisplaybreaks
        \setlength{\parindent}{0pt}
        \begin{document}
        {{Equations(network, input)}}\end{document}

        """;

    private static string Line(FlowNode node, RecursionRow row, LatexNotation notation)
    {
        bool hasPositions = node.Output.Positions.Count > 0;
        string name = node.Layer is { } layer ? Label(layer) : "input";
        return $@"{notation.K(node.Index, hasPositions)} &= {row.K}, & {notation.Theta(node.Index, hasPositions)} &= {row.Theta} && \text{{({name})}}";
    }

    private static void WriteSymbols(SignalFlow flow, IEnumerable<PositionMap> maps, StringBuilder text)
    {
        text.Append("Here $K^{(l)} = K^{(l)}(x, x')$ and $\\Theta^{(l)} = \\Theta^{(l)}(x, x')$, $p^{(l)} = K^{(l)}(x, x)$, $q^{(l)} = K^{(l)}(x', x')$");
        if (flow.Nodes.Any(node => node.Output.Positions.Count > 0)) text.Append("; $s, s'$ are positions, $p^{(l)}_s = K^{(l)}_{ss}(x, x)$");
        if (flow.Nodes.Any(node => node.Layer is Dropout)) text.Append("; $\\delta_{xx'} = 1$ for one and the same sample of the training set, else $0$");
        foreach (PositionMap map in maps.Order()) text.Append("; ").Append(LatexNotation.Meaning(map));
        if (flow.Nodes.Any(node => node.Layer is LayerNorm && HasMean(flow, node)))
        {
            text.Append(@"; $\bar p^{(l)}_s$, $\bar q^{(l)}_{s'}$ are the variances averaged over the axes of the normalisation");
        }

        text.Append(CultureInfo.InvariantCulture, $". The kernels of the network are $K^{{({flow.Nodes.Count - 1})}}$ (NNGP) and $\\Theta^{{({flow.Nodes.Count - 1})}}$ (NTK).\n");
    }

    /// <summary>The layer's name; with extents, strides and padding where it has them.</summary>
    private static string Label(Layer layer) => layer switch
    {
        FilterLayer filter => Windowed(layer, filter.Filter, filter.Strides, filter.Padding, filter.Strides.All(stride => stride == 1)),
        PoolLayer pool => Windowed(layer, pool.Window, pool.Strides, pool.Padding, pool.Strides.Equals(pool.Window)),
        _ => LayerCatalog.Of(layer)?.Name ?? nameof(Activation),
    };

    private static string Windowed(Layer layer, ValueList<int> window, ValueList<int> strides, Padding padding, bool usualStrides) =>
        $@"{layer.GetType().Name} ${string.Join(@" \times ", window)}${(usualStrides ? "" : $@", stride ${string.Join(@" \times ", strides)}$")}, {padding.ToString().ToLowerInvariant()}";

    private static bool HasMean(SignalFlow flow, FlowNode node) =>
        LayerGeometry.MeanAxes((LayerNorm)node.Layer!, flow.Nodes[node.Sources[0]].Output.Positions, node.Path).Count > 0;

    private static void WriteDuals(LatexNotation notation, StringBuilder text)
    {
        text.Append("For an activation $\\phi$, $V_\\phi(p, q, k) = \\mathbb{E}\\,\\phi(u)\\phi(v)$ and $\\dot V_\\phi(p, q, k) = \\mathbb{E}\\,\\phi'(u)\\phi'(v)$ with "
            + "$(u, v) \\sim \\mathcal{N}\\bigl(0, \\begin{pmatrix} p & k \\\\ k & q \\end{pmatrix}\\bigr)$");
        DualFormula?[] formulas = [.. notation.Activations.Select(activation => Formula(activation))];
        if (formulas.Any(formula => formula?.Dual?.Contains(@"\vartheta", StringComparison.Ordinal) == true)) text.Append("; $\\cos\\vartheta = k/\\sqrt{pq}$");
        text.Append(":\n\\begin{align*}\n");
        text.AppendJoin(" \\\\\n", notation.Activations.Zip(formulas, (activation, formula) => DualLines(activation, formula, notation)));
        text.Append("\n\\end{align*}\n");
    }

    private static string DualLines(Activation activation, DualFormula? formula, LatexNotation notation)
    {
        int number = notation.Activations.ToList().IndexOf(activation) + 1;
        string function = formula?.Function ?? $@"\text{{\texttt{{{Escape(new ActivationLayer(activation).ToString())}}}}}";
        string values = string.Concat(Parameters(activation).Select(parameter => $@", \quad {parameter}"));
        string first = string.Create(CultureInfo.InvariantCulture, $@"\phi_{{{number}}}(x) &= {function}{values}");
        if (formula?.Dual is null) return first + @" \quad \text{(no closed form)}";
        return $"{first} \\\\\n{notation.Dual(activation, derivative: false)} &= {formula.Dual} \\\\\n{notation.Dual(activation, derivative: true)} &= {formula.Derivative}";
    }

    private static DualFormula? Formula(Activation activation) =>
        LayerCatalog.Of(new ActivationLayer(activation)) is { } row ? DualFormulas.Find(row.Name) : null;

    private static IEnumerable<string> Parameters(Activation activation)
    {
        var layer = new ActivationLayer(activation);
        if (LayerCatalog.Of(layer) is not { } row || Formula(activation) is null) yield break;
        var notation = new LatexNotation();
        foreach ((Parameter parameter, object? value) in row.Parameters.Zip(row.ValuesOf(layer)))
        {
            string shown = value switch
            {
                double number => notation.Number(number),
                int number => number.ToString(CultureInfo.InvariantCulture),
                double[] numbers => $"({string.Join(", ", numbers.Select(notation.Number))})",
                _ => $@"\text{{{Escape(value?.ToString() ?? "")}}}",
            };
            yield return $"{DualFormulas.Letter(parameter.Name)} = {shown}";
        }
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char character in text)
        {
            escaped.Append(character switch
            {
                '\\' => @"\textbackslash{}",
                '^' => @"\textasciicircum{}",
                '~' => @"\textasciitilde{}",
                '_' or '#' or '$' or '%' or '&' or '{' or '}' => $@"\{character}",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
