namespace InfiniteNtk;

/// <summary>What sampled networks say about a kernel.</summary>
public enum Verdict
{
    /// <summary>Shown to be right: at every entry |a| and 2.6 of its standard errors together are within the tolerance.</summary>
    Consistent,

    /// <summary>Some entry's limit differs from the kernel's by more than chance allows.</summary>
    Refuted,

    /// <summary>Neither: no error was found, and errors up to <see cref="LimitVerdict.Bound"/>, more than the tolerance, are not excluded.</summary>
    NoErrorFound,
}
