using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.Kernels.Programs;

/// <summary>
/// What to compute for one pair of samples, as data: a straight line of steps over numbered registers. It can be printed,
/// compared, hashed, verified and run by any executor. The last register is the network's output.
/// </summary>
/// <param name="Input">The shape of the samples it was made for.</param>
/// <param name="Steps">The steps, each writing the next register.</param>
public sealed record KernelProgram(SampleShape Input, ValueList<Step> Steps);
