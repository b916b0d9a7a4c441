namespace InfiniteNtk.Kernels.Programs.Supports;

/// <summary>
/// Which offsets between positions each register of a program must hold so that its output is right, found by walking back from the
/// output (<see cref="SourceNeeds"/> has the rules). Nothing outside them influences the result.
/// </summary>
/// <remarks>
/// The pair of two samples and the pair of a sample with itself are asked for separately: duals and normalisations use of the
/// latter only the variances, Δ = 0, so far less of it is needed.
/// </remarks>
/// <param name="Cross">Of each register, what the pair (x, x') must hold; null: the register is not needed.</param>
/// <param name="Self">Of each register, what the pair (x, x) must hold beside it; null: nothing.</param>
internal sealed record ProgramSupports(ValueList<OffsetSet?> Cross, ValueList<OffsetSet?> Self)
{
    /// <summary>The supports of a verified program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="diagonal">
    /// Whether the outputs of samples with themselves are wanted of the self side alone, as for the diagonal of a kernel.
    /// </param>
    public static ProgramSupports Of(KernelProgram program, bool diagonal = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        IReadOnlyList<ValueList<int>> shapes = ProgramShapes.Of(program);
        IReadOnlyList<ValueList<bool>> rings = Rings.Of(program);
        var cross = new OffsetSet?[shapes.Count];
        var self = new OffsetSet?[shapes.Count];
        OffsetSet output = OffsetSet.Full(shapes[^1]);
        Add(cross, shapes.Count - 1, output);
        if (diagonal) Add(self, shapes.Count - 1, output);
        foreach (Step step in program.Steps.Reverse())
        {
            AddSources(cross, step);
            AddSources(self, step);
            bool computed = (cross[step.Target] ?? self[step.Target]) is not null;
            if (computed && step is Dual or Normalize) Add(self, step.Sources[0], OffsetSet.Diagonal(shapes[step.Sources[0]]));
        }

        return new(cross.ToValueList(), self.ToValueList());

        void AddSources(OffsetSet?[] needs, Step step)
        {
            if (needs[step.Target] is not { } need) return;
            ValueList<OffsetSet> sources = step.Accept(new SourceNeeds(need, shapes));
            for (int i = 0; i < sources.Count; i++) Add(needs, step.Sources[i], sources[i]);
        }

        void Add(OffsetSet?[] needs, int register, OffsetSet need)
        {
            OffsetSet wrapped = new(need.Axes.Zip(rings[register], (axis, ring) => ring ? OnRing(axis) : axis).ToValueList());
            needs[register] = needs[register]?.Union(wrapped) ?? wrapped;
        }
    }

    private static AxisOffsets OnRing(AxisOffsets axis) => AxisCover.Smallest(axis.Extent, axis.Differences(), ring: true);
}
