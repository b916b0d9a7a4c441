using FsCheck;

namespace InfiniteNtk.Tests.Support;

/// <summary>Random programs of one kind, and how exactly an executor's laws hold for them.</summary>
/// <param name="Cases">Programs with up to so many samples a side.</param>
/// <param name="LargestCount">Samples a side where a law does not say otherwise.</param>
/// <param name="Tests">Programs where a law does not say otherwise.</param>
/// <param name="MirrorsExactly">
/// Whether exchanging the sides gives the same bits. Pooling sums over pairs of positions in a fixed order, which the exchange turns
/// round: the results then agree to rounding.
/// </param>
public sealed record ProgramFamily(Func<int, Arbitrary<ProgramCase>> Cases, int LargestCount, int Tests, bool MirrorsExactly)
{
    /// <summary>Dense programs, with at most a few positions side by side.</summary>
    public static ProgramFamily Dense { get; } = new(ProgramGenerator.Cases, 40, 120, true);

    /// <summary>Programs over one to three axes of positions.</summary>
    public static ProgramFamily Spatial { get; } = new(SpatialProgramGenerator.Cases, 18, 60, false);
}
