using System.Globalization;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Kernels.Programs;

/// <summary>
/// The invariants of a <see cref="KernelProgram"/>, each with its message: what executors may rely on without looking again.
/// </summary>
public static class ProgramVerifier
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

        IReadOnlyList<int> positions = ProgramPositions.Of(program);
        foreach (Step step in program.Steps)
        {
            foreach (int source in step.Sources)
            {
                int first = positions[step.Sources[0]];
                Require(
                    positions[source] == first, step, step.Target,
                    $"joins registers of {first} and {positions[source]} positions", "joined registers have the same positions");
            }
        }

        if (positions[^1] != 1)
        {
            throw Refusal(
                $"its output has {positions[^1]} positions", "the output has a single position", "End with a step that flattens the positions");
        }
    }

    private static void Require(bool holds, Step step, int index, string received, string required)
    {
        if (!holds) throw Refusal($"step {index} ({step.GetType().Name}) {received}", required, "Correct that step");
    }

    private static InvalidArgumentException Refusal(string received, string required, string remedy) =>
        new("Cannot run a kernel program", received, required, remedy);

    /// <summary>The domain of each step's constants, and that joining steps have something to join.</summary>
    private sealed class ConstantCheck : IStepReader<(string Received, string Required)?>
    {
        public (string Received, string Required)? Read(InputProduct step) => null;

        public (string Received, string Required)? Read(Affine step) =>
            NotNegative("weight variance", step.WeightVariance) ?? NotNegative("bias variance", step.BiasVariance)
            ?? NotNegative("NTK scale", step.NtkScale) ?? NotNegative("NTK shift", step.NtkShift);

        public (string Received, string Required)? Read(Dual step) =>
            step.Activation is null ? ("has no activation", "a dual step has one") : null;

        public (string Received, string Required)? Read(Combine step)
        {
            if (step.From.Count == 0) return ("combines nothing", "at least one register is combined");
            if (step.From.Count != step.Weights.Count)
            {
                return ($"has {step.From.Count} registers and {step.Weights.Count} weights", "each register has one weight");
            }

            return step.Weights.Select(weight => NotNegative("weight", weight)).FirstOrDefault(problem => problem is not null);
        }

        public (string Received, string Required)? Read(Multiply step) =>
            step.From.Count == 0 ? ("multiplies nothing", "at least one register is multiplied") : null;

        public (string Received, string Required)? Read(Normalize step) => NotNegative("epsilon", step.Epsilon);

        public (string Received, string Required)? Read(Drop step) =>
            step.KeepProbability is > 0 and <= 1 ? null : (Has("keep probability", step.KeepProbability), "it lies in (0, 1]");

        public (string Received, string Required)? Read(FlattenPositions step) => null;

        private static (string Received, string Required)? NotNegative(string name, double value) =>
            double.IsFinite(value) && value >= 0 ? null : (Has(name, value), "it is finite and at least 0");

        private static string Has(string name, double value) =>
            string.Create(CultureInfo.InvariantCulture, $"has {name} {value}");
    }
}
