namespace InfiniteNtk;

/// <summary>The verdicts on a network's kernels.</summary>
/// <param name="Nngp">On the NNGP kernel; null where it was not asked for.</param>
/// <param name="Ntk">On the NTK; null where it was not asked for.</param>
public sealed record VerificationReport(LimitVerdict? Nngp, LimitVerdict? Ntk)
{
    /// <summary>Draws at each width with which right kernels would be found consistent, more often than not.</summary>
    public int SamplesNeeded => Math.Max(Nngp?.SamplesNeeded ?? 0, Ntk?.SamplesNeeded ?? 0);

    /// <summary>Refuted if any is, else consistent if all are.</summary>
    public Verdict Verdict
    {
        get
        {
            Verdict[] verdicts = [.. Verdicts.Select(one => one.Verdict)];
            return verdicts.Contains(Verdict.Refuted) ? Verdict.Refuted
                : verdicts.Contains(Verdict.NoErrorFound) ? Verdict.NoErrorFound : Verdict.Consistent;
        }
    }

    /// <summary>Networks sampled, at all widths.</summary>
    public int Networks => Verdicts[0].Samples.Sum();

    /// <summary>Those that there are.</summary>
    internal IReadOnlyList<LimitVerdict> Verdicts => [.. new[] { Nngp, Ntk }.OfType<LimitVerdict>()];

    /// <summary>Both verdicts, for example "NNGP consistent: …; NTK refuted: …".</summary>
    public override string ToString() => string.Join("; ", new[] { ("NNGP", Nngp), ("NTK", Ntk) }.Where(one => one.Item2 is not null).Select(one => $"{one.Item1} {one.Item2}"));
}
