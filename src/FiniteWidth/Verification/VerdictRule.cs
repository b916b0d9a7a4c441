namespace InfiniteNtk;

/// <summary>What is asked of a kernel before it is called consistent, and of an error before it refutes.</summary>
public sealed record VerdictRule
{
    /// <summary>The error that may remain at infinite width, in units of <see cref="EntryOverWidths.Points"/>: for a kernel √(K_ii K_jj).</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>How often a right kernel may be refuted, all entries together.</summary>
    public double Level { get; init; } = 0.01;

    /// <summary>Errors below this are rounding, that of float64 unless said otherwise: what does not scatter still has it.</summary>
    public double Rounding { get; init; } = 1e-10;

    /// <exception cref="InvalidArgumentException">A number is out of range.</exception>
    internal void Require()
    {
        if (Tolerance > 0 && double.IsFinite(Tolerance) && Level > 0 && Level < 1 && Rounding > 0) return;
        throw new InvalidArgumentException(
            "Cannot judge a limit", $"the tolerance is {Tolerance}, the level {Level}, the rounding {Rounding}", "all must be positive and finite, the level below 1",
            "Pass a tolerance such as 0.02 and a level such as 0.01");
    }
}
