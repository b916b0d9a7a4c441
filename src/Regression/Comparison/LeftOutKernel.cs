namespace InfiniteNtk;

/// <summary>A kernel that was asked for and could not be computed or compared.</summary>
/// <param name="Name">The network's text, or the baseline's name.</param>
/// <param name="Kernel">"nngp", "ntk", or the baseline's kernel.</param>
/// <param name="Reason">What went wrong, in one line.</param>
public sealed record LeftOutKernel(string Name, string Kernel, string Reason);
