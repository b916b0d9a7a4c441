using FsCheck;

namespace InfiniteNtk.Tests.Support;

/// <summary>How laws are checked on random cases: always the same ones, and the first that fails is shown.</summary>
public static class RandomCases
{
    /// <summary>
    /// The configuration of so many cases, growing from small to large. The replay must not be given a size: FsCheck then takes
    /// it for that of one failing case and runs no other.
    /// </summary>
    public static Config Of(int count, ulong seed) =>
        Config.QuickThrowOnFailure.WithMaxTest(count).WithStartSize(5).WithEndSize(60).WithReplay(seed, 2 * seed + 1);
}
