using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Kernels.Tests.Programs.Supports;

/// <summary>The reference recursion with NaN written into every register wherever nobody should look.</summary>
internal static class PoisonedRecursion
{
    /// <summary>The output of a pair of samples, everything outside the supports replaced; null: nothing.</summary>
    public static PairState Run(KernelProgram program, double[] x, double[] y, ProgramSupports? supports) =>
        new PairRecursion(program.Input, x, y, false, Self(program, x, supports?.Self), Self(program, y, supports?.Self))
            .Run(program, Outside(program, supports?.Cross))[^1];

    /// <summary>The registers of a sample with itself.</summary>
    public static IReadOnlyList<PairState> Self(KernelProgram program, double[] x, ValueList<OffsetSet?>? supports) =>
        new PairRecursion(program.Input, x, x, true, null, null).Run(program, Outside(program, supports));

    /// <summary>The output with the entries of a register at one offset (several where they are one plane) replaced, of (x, y) or of both sides.</summary>
    public static PairState Without(KernelProgram program, double[] x, double[] y, int register, Func<int[], bool> at, bool self)
    {
        Action<Step, IReadOnlyList<PairState>> poison = (step, registers) =>
        {
            if (step.Target == register) Poison(program, step, registers, at);
        };
        PairRecursion Pair(IReadOnlyList<PairState> left, IReadOnlyList<PairState> right) => new(program.Input, x, y, false, left, right);
        IReadOnlyList<PairState> Side(double[] z) => new PairRecursion(program.Input, z, z, true, null, null).Run(program, self ? poison : null);
        return Pair(Side(x), Side(y)).Run(program, self ? null : poison)[^1];
    }

    private static Action<Step, IReadOnlyList<PairState>>? Outside(KernelProgram program, ValueList<OffsetSet?>? supports) => supports is null
        ? null
        : (step, registers) => Poison(program, step, registers, offset => supports[step.Target]?.Contains(offset) != true);

    private static void Poison(KernelProgram program, Step step, IReadOnlyList<PairState> registers, Func<int[], bool> at)
    {
        PairState state = registers[step.Target];
        int[][] positions = Positions(ProgramShapes.Of(program)[step.Target]);
        for (int s = 0; s < state.Positions; s++)
        {
            for (int t = 0; t < state.Positions; t++)
            {
                int[] offset = [.. positions[t].Zip(positions[s], (after, before) => after - before)];
                if (at(offset)) (state.K[s, t], state.Theta[s, t]) = (double.NaN, double.NaN);
            }
        }
    }

    private static int[][] Positions(ValueList<int> shape)
    {
        IEnumerable<int[]> positions = [[]];
        foreach (int extent in shape) positions = positions.SelectMany(_ => Enumerable.Range(0, extent), (before, at) => (int[])[.. before, at]);
        return [.. positions];
    }
}
