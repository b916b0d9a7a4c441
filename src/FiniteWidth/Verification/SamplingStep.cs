namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>What a verification is about to do.</summary>
/// <param name="Width">Sample networks of this width</param>
/// <param name="From">beyond those that there are already</param>
/// <param name="To">until there are so many.</param>
public readonly record struct SamplingStep(int Width, int From, int To);
