namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>The verdicts on a network's kernels.</summary>
/// <param name="Nngp">On the NNGP kernel; null where it was not asked for.</param>
/// <param name="Ntk">On the NTK; null where it was not asked for.</param>
public sealed record VerificationReport(LimitVerdict? Nngp, LimitVerdict? Ntk)
{
    /// <summary>Draws per width that would bring every standard error of both to 1 %.</summary>
    public int SamplesNeeded => Math.Max(Nngp?.SamplesNeeded ?? 0, Ntk?.SamplesNeeded ?? 0);

    /// <summary>Refuted if any is, else consistent if all are.</summary>
    public Verdict Verdict
    {
        get
        {
            Verdict[] verdicts = [.. new[] { Nngp, Ntk }.OfType<LimitVerdict>().Select(verdict => verdict.Verdict)];
            return verdicts.Contains(Verdict.Refuted) ? Verdict.Refuted
                : verdicts.Contains(Verdict.NotEnoughSamples) ? Verdict.NotEnoughSamples : Verdict.Consistent;
        }
    }
}
