namespace InfiniteNtk.Kernels.Programs.Supports;

/// <summary>
/// What a step must read of each of its sources to write the given offsets of its target. Offsets are those of entries: Δ = s' − s.
/// </summary>
/// <param name="target">The offsets of the target.</param>
/// <param name="shapes">The positions of each register.</param>
internal sealed class SourceNeeds(OffsetSet target, IReadOnlyList<ValueList<int>> shapes) : IStepReader<ValueList<OffsetSet>>
{
    /// <summary>Nothing.</summary>
    public ValueList<OffsetSet> Read(InputProduct step) => [];

    /// <summary>Entry by entry: the same offsets.</summary>
    public ValueList<OffsetSet> Read(Affine step) => Same(step);

    /// <summary>Entry by entry (and the variances, which <see cref="ProgramSupports"/> asks for).</summary>
    public ValueList<OffsetSet> Read(Dual step) => Same(step);

    /// <summary>Entry by entry.</summary>
    public ValueList<OffsetSet> Read(Combine step) => Same(step);

    /// <summary>Entry by entry.</summary>
    public ValueList<OffsetSet> Read(Multiply step) => Same(step);

    /// <summary>Entry by entry (and the variances, also where they are averaged over axes).</summary>
    public ValueList<OffsetSet> Read(Normalize step) => Same(step);

    /// <summary>Entry by entry.</summary>
    public ValueList<OffsetSet> Read(Drop step) => Same(step);

    /// <summary>Σ_s K[s, s]: Δ = 0.</summary>
    public ValueList<OffsetSet> Read(FlattenPositions step) => [OffsetSet.Diagonal(shapes[step.Source])];

    /// <summary>
    /// Both sides move by the same tap, so each plane reads one plane: <see cref="AxisOffsetRules.Read(Axes.AxisWindow, AxisOffsets)"/>.
    /// Locally connected: what is written is 0 off the diagonal, so Δ = 0.
    /// </summary>
    public ValueList<OffsetSet> Read(TapSum step) => step.Local
        ? [OffsetSet.Diagonal(shapes[step.Source])]
        : [new(step.Axes.Zip(target.Axes, AxisOffsetRules.Read).ToValueList())];

    /// <summary>
    /// Each side moves by its own weights, so a plane reads several: <see cref="AxisOffsetRules.Read(Axes.AxisMap, AxisOffsets)"/>. An
    /// axis that disappears has the one output offset 0.
    /// </summary>
    public ValueList<OffsetSet> Read(MixPositions step)
    {
        int kept = 0;
        return
        [
            new(step.Axes.Select(map => AxisOffsetRules.Read(map, map.RemovesAxis ? AxisOffsets.Zero(1) : target.Axes[kept++])).ToValueList()),
        ];
    }

    /// <summary>Each branch has its own entries and their offsets; those of the target that are too long for it belong to others.</summary>
    public ValueList<OffsetSet> Read(ConcatPositions step) => step.From.Select(from => Branch(from, step.Axis)).ToValueList();

    private ValueList<OffsetSet> Same(Step step) => step.Sources.Select(_ => target).ToValueList();

    private OffsetSet Branch(int register, int along) => new(target.Axes.Select((axis, index) => index == along
        ? AxisCover.Smallest(shapes[register][along], axis.Differences(), ring: false)
        : axis).ToValueList());
}
