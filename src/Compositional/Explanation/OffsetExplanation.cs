using System.Globalization;
using System.Text;
using InfiniteNtk.Compositional.Compilation;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Signals;
using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Compositional.Explanation;

/// <summary>
/// Which offsets Δ = s' − s between positions are computed behind each layer, and why. The entries of one offset are a plane; what a pair
/// of samples costs is the number of entries of all planes of all layers.
/// </summary>
/// <param name="Rows">The input and every layer that has a covariance of its own.</param>
/// <param name="Diagonal">Entries of a pair if s = s' were enough everywhere: what the network costs with Flatten instead of pooling.</param>
internal sealed record OffsetExplanation(ValueList<LayerOffsets> Rows, long Diagonal)
{
    /// <summary>Entries of all layers computed for a pair (x, x').</summary>
    public long PairEntries => Rows.Sum(row => row.Cross.Area);

    /// <summary>Entries of all layers computed once for each sample.</summary>
    public long SampleEntries => Rows.Sum(row => row.Self?.Area ?? 0);

    /// <summary>Both tables and the cost.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("Offsets Δ = s' - s between positions that are computed for a pair (x, x'); no other influences the result:");
        text.AppendLine();
        text.AppendLine(Table(row => row.Cross, row => row.CrossReason));
        if (Rows.Any(row => row.Self is not null))
        {
            text.AppendLine("Offsets that are computed of each sample with itself, once:");
            text.AppendLine();
            text.AppendLine(Table(row => row.Self, row => row.SelfReason));
        }

        text.Append(CultureInfo.InvariantCulture, $"Cost: {PairEntries:N0} entries for each pair and {SampleEntries:N0} for each sample");
        string fewer = string.Create(CultureInfo.InvariantCulture, $"; Δ = 0 alone would be {Diagonal:N0} for a pair, {(double)PairEntries / Diagonal:G3} times fewer.");
        return text.Append(PairEntries > Diagonal ? fewer : ".").ToString();
    }

    /// <summary>Explains a lowered network; null where no signal has positions.</summary>
    internal static OffsetExplanation? Of(SignalFlow flow)
    {
        (KernelProgram program, ValueList<int?> registers) = KernelCompiler.CompileWithRegisters(flow);
        FlowNode[] computed = [.. flow.Nodes.Where(node => registers[node.Index] is not null)];
        if (computed.All(node => node.Output.Positions.Count == 0)) return null;
        var supports = ProgramSupports.Of(program);
        ILookup<int, FlowNode> readers = flow.Nodes.SelectMany(node => node.Sources, (node, source) => (node, source)).ToLookup(edge => edge.source, edge => edge.node);
        ValueList<LayerOffsets> rows = computed.Where(node => Cross(node) is not null).Select(node => new LayerOffsets(
            node.Index, NetworkExplanation.Title(node.Layer), Cross(node)!, Reason(node, Cross, forVariances: false), Self(node),
            Reason(node, Self, forVariances: true))).ToValueList();
        return new OffsetExplanation(rows, computed.Sum(node => node.Output.PositionCount));

        OffsetSet? Cross(FlowNode node) => supports.Cross[registers[node.Index]!.Value];

        OffsetSet? Self(FlowNode node) => supports.Self[registers[node.Index]!.Value];

        string Reason(FlowNode node, Func<FlowNode, OffsetSet?> support, bool forVariances)
        {
            var reasons = new List<string>();
            foreach (FlowNode reader in readers[node.Index].DistinctBy(reader => reader.Index))
            {
                if (forVariances && reader.Layer is ActivationLayer or LayerNorm) reasons.Add($"layer {reader.Index} needs variances");
                if (support(reader) is not null) reasons.Add(reader.Layer!.Accept(new OffsetReason(reader.Index)));
            }

            return reasons.Count > 0 ? string.Join("; ", reasons) : forVariances ? "" : "the output";
        }
    }

    private string Table(Func<LayerOffsets, OffsetSet?> support, Func<LayerOffsets, string> reason) => PlainTable.Write(
    [
        ["", "layer", "offsets", "planes", "entries", "because"],
        .. Rows.Where(row => support(row) is not null).Select(row => new[]
        {
            row.Number.ToString(CultureInfo.InvariantCulture), row.Layer, support(row)!.ToString(),
            support(row)!.Count.ToString("N0", CultureInfo.InvariantCulture), support(row)!.Area.ToString("N0", CultureInfo.InvariantCulture),
            reason(row),
        }),
    ]);
}
