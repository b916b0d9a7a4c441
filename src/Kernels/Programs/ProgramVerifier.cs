namespace InfiniteNtk.Kernels.Programs;

/// <summary>
/// The invariants of a <see cref="KernelProgram"/>, each with its message: what executors may rely on without looking again.
/// </summary>
internal static class ProgramVerifier
{
    /// <summary>Accepts the program or says what is wrong with it.</summary>
    /// <exception cref="InvalidArgumentException">
    /// A program is empty, a step does not write the next register, reads a register that is not yet written, has no source or
    /// sources of different positions, holds a constant outside its domain, or the output still has positions.
    /// </exception>
    public static void Verify(KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.Steps.Count == 0) throw Refusal("it has no steps", "the last step is the output", "Start with an input product");
        for (int i = 0; i < program.Steps.Count; i++)
        {
            Step step = program.Steps[i];
            Require(step.Target == i, step, i, $"writes register {step.Target}", $"steps write registers in order, so this one writes {i}");
            foreach (int source in step.Sources)
            {
                Require(source >= 0 && source < i, step, i, $"reads register {source}", $"only registers 0 to {i - 1} are written before it");
            }

            if (step.Accept(new ConstantCheck()) is { } problem) Require(false, step, i, problem.Received, problem.Required);
        }

        IReadOnlyList<ValueList<int>> shapes = ProgramShapes.Of(program);
        foreach (Step step in program.Steps)
        {
            if (ShapeCheck.Problem(step, shapes) is { } problem) Require(false, step, step.Target, problem.Received, problem.Required);
        }

        if (ProgramShapes.Count(shapes[^1]) != 1)
        {
            throw Refusal(
                $"its output has positions {string.Join('×', shapes[^1])}", "the output has a single position",
                "End with a step that flattens or pools the positions");
        }
    }

    private static void Require(bool holds, Step step, int index, string received, string required)
    {
        if (!holds) throw Refusal($"step {index} ({step.GetType().Name}) {received}", required, "Correct that step");
    }

    private static InvalidArgumentException Refusal(string received, string required, string remedy) =>
        new("Cannot run a kernel program", received, required, remedy);
}
