namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>What sampled networks say about a kernel.</summary>
public enum Verdict
{
    /// <summary>Not refuted, and every entry's limit is known to 1 % of √(K_ii K_jj).</summary>
    Consistent,

    /// <summary>Some entry's limit differs from the kernel's by more than chance allows.</summary>
    Refuted,

    /// <summary>Not refuted, but not known to 1 % either.</summary>
    NotEnoughSamples,
}
