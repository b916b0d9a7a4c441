using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk;

/// <summary>
/// What to compute for one pair of samples, as data: a straight line of steps over numbered registers. It can be printed,
/// compared, hashed, verified and run by any executor. The last register is the network's output.
/// </summary>
public sealed record KernelProgram
{
    internal KernelProgram(SampleShape input, ValueList<Step> steps)
    {
        Input = input;
        Steps = steps;
    }

    /// <summary>The shape of the samples it was made for.</summary>
    public SampleShape Input { get; init; }

    /// <summary>The steps, each writing the next register.</summary>
    internal ValueList<Step> Steps { get; init; }

    /// <summary>The steps as text, one a line.</summary>
    public override string ToString() => ProgramText.Write(this);
}
