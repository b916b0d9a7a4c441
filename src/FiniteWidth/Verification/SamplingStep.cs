namespace InfiniteNtk;

/// <summary>How far a verification is at one width; told before the first network of it, and as networks are finished.</summary>
/// <param name="Width">Networks of this width are being sampled</param>
/// <param name="From">beyond those that there were already</param>
/// <param name="To">until there are so many;</param>
/// <param name="Done">so many there are now.</param>
public readonly record struct SamplingStep(int Width, int From, int To, int Done);
