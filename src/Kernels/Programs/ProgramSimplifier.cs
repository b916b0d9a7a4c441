namespace InfiniteNtk.Kernels.Programs;

/// <summary>
/// Makes a program shorter without changing its meaning (results change by rounding only): steps that the output does not need
/// are dropped, an affine step on an affine step that nothing else reads becomes one.
/// </summary>
internal static class ProgramSimplifier
{
    /// <summary>An equivalent program; simplifying it again gives the same one.</summary>
    public static KernelProgram Simplify(KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Step[] steps = [.. program.Steps];
        int[] uses = Uses(steps);
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i] is Affine outer && steps[outer.Source] is Affine inner && uses[inner.Target] == 1) steps[i] = Fuse(inner, outer);
        }

        return Renumber(program, steps);
    }

    /// <summary>
    /// K″ = w₂(w₁K + b₁) + b₂ and Θ″ = w₂(w₁Θ + s₁K + t₁) + s₂(w₁K + b₁) + t₂.
    /// </summary>
    private static Affine Fuse(Affine inner, Affine outer) => new(
        outer.Target, inner.Source,
        outer.WeightVariance * inner.WeightVariance,
        outer.WeightVariance * inner.BiasVariance + outer.BiasVariance,
        outer.WeightVariance * inner.NtkScale + outer.NtkScale * inner.WeightVariance,
        outer.WeightVariance * inner.NtkShift + outer.NtkScale * inner.BiasVariance + outer.NtkShift);

    /// <summary>How often each register is read by steps that the output needs; 0: it is not needed.</summary>
    private static int[] Uses(Step[] steps)
    {
        int[] uses = new int[steps.Length];
        uses[^1] = 1;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            if (uses[i] == 0) continue;
            foreach (int source in steps[i].Sources) uses[source]++;
        }

        return uses;
    }

    private static KernelProgram Renumber(KernelProgram program, Step[] steps)
    {
        int[] uses = Uses(steps);
        int[] number = new int[steps.Length];
        var kept = new List<Step>();
        var renumbering = new Renumbering(number);
        foreach (Step step in steps)
        {
            if (uses[step.Target] == 0) continue;
            number[step.Target] = kept.Count;
            kept.Add(step.Accept(renumbering));
        }

        return program with { Steps = kept.ToValueList() };
    }

    private sealed class Renumbering(int[] number) : IStepReader<Step>
    {
        public Step Read(InputProduct step) => step with { Target = number[step.Target] };

        public Step Read(Affine step) => step with { Target = number[step.Target], Source = number[step.Source] };

        public Step Read(Dual step) => step with { Target = number[step.Target], Source = number[step.Source] };

        public Step Read(Combine step) => step with { Target = number[step.Target], From = Map(step.From) };

        public Step Read(Multiply step) => step with { Target = number[step.Target], From = Map(step.From) };

        public Step Read(Normalize step) => step with { Target = number[step.Target], Source = number[step.Source] };

        public Step Read(Drop step) => step with { Target = number[step.Target], Source = number[step.Source] };

        public Step Read(FlattenPositions step) => step with { Target = number[step.Target], Source = number[step.Source] };

        public Step Read(TapSum step) => step with { Target = number[step.Target], Source = number[step.Source] };

        public Step Read(MixPositions step) => step with { Target = number[step.Target], Source = number[step.Source] };

        public Step Read(ConcatPositions step) => step with { Target = number[step.Target], From = Map(step.From) };

        private ValueList<int> Map(ValueList<int> registers) => registers.Select(register => number[register]).ToValueList();
    }
}
