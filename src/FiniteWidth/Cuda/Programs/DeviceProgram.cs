namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>A network as a straight line of steps over registers; register 0 is its input.</summary>
internal sealed class DeviceProgram
{
    private readonly bool[] _needsGradient;

    /// <param name="sizes">Numbers per sample of each register.</param>
    /// <param name="steps">The steps, each after those whose outputs it reads.</param>
    /// <param name="output">The register that holds the network's output.</param>
    public DeviceProgram(IReadOnlyList<int> sizes, IReadOnlyList<DeviceStep> steps, int output)
    {
        Sizes = sizes;
        Steps = steps;
        Output = output;
        _needsGradient = new bool[sizes.Count];
        foreach (DeviceStep step in steps)
        {
            _needsGradient[step.Output] = step.HasParameters || step.Inputs.Any(input => _needsGradient[input]);
        }
    }

    /// <summary>Numbers per sample of each register.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<DeviceStep> Steps { get; }

    /// <summary>The register that holds the network's output.</summary>
    public int Output { get; }

    /// <summary>Whether anything that has parameters lies before a register.</summary>
    public bool NeedsGradient(int register) => _needsGradient[register];

    /// <summary>The last step that reads a register, −1 where none does.</summary>
    public int LastUse(int register)
    {
        for (int i = Steps.Count - 1; i >= 0; i--)
        {
            if (Steps[i].Inputs.Contains(register)) return i;
        }

        return -1;
    }

    /// <summary>The most numbers per sample that are alive at a time when only the output is wanted.</summary>
    public long ForwardNumbers
    {
        get
        {
            long alive = Sizes[0], most = alive;
            for (int i = 0; i < Steps.Count; i++)
            {
                alive += Sizes[Steps[i].Output] + Steps[i].Kept;
                most = Math.Max(most, alive);
                alive -= Freed(i).Sum(register => (long)Sizes[register]);
            }

            return most;
        }
    }

    /// <summary>
    /// The most numbers per sample that are alive at a time on the way back of so many directions, everything kept that the terms of
    /// the NTK are made of.
    /// </summary>
    public long BackwardNumbers(int directions)
    {
        long alive = Sizes.Sum(size => (long)size) + Steps.Sum(step => step.Kept) + (long)directions * Sizes[Output];
        long most = alive;
        var reached = new HashSet<int> { Output };
        for (int i = Steps.Count - 1; i >= 0; i--)
        {
            DeviceStep step = Steps[i];
            foreach (int input in step.Inputs.Where(NeedsGradient))
            {
                most = Math.Max(most, alive + (long)directions * Sizes[input]);
                if (reached.Add(input)) alive += (long)directions * Sizes[input];
            }

            most = Math.Max(most, alive);
            if (!step.HasParameters) alive -= (long)directions * Sizes[step.Output];
        }

        return most;
    }

    /// <summary>The registers that nothing after step <paramref name="index"/> reads, and that it reads or writes last.</summary>
    public IEnumerable<int> Freed(int index) =>
        Steps[index].Inputs.Distinct().Where(register => register != Output && LastUse(register) == index);
}
