namespace InfiniteNtk;

/// <summary>How a symmetric positive definite system was solved. Everything in it was measured, nothing assumed.</summary>
/// <param name="Backend">Library, core type and threads.</param>
/// <param name="Ridge">δ on the diagonal that was asked for, absolute.</param>
/// <param name="Jitter">
/// What had to be added beyond <paramref name="Ridge"/>, absolute; 0 unless the matrix was singular to working precision.
/// </param>
/// <param name="JitterRelative">The same in units of the kernel's mean diagonal.</param>
/// <param name="Condition">Estimate of ‖A‖₁‖A⁻¹‖₁, a lower bound that is rarely off by more than a factor of three.</param>
/// <param name="Residual">
/// max over outputs of ‖b − Ax‖₂/‖b‖₂, measured with the matrix that was factored; null where nothing has been solved yet.
/// </param>
public sealed record SolveReport(
    string Backend, double Ridge, double Jitter, double JitterRelative, double Condition, double? Residual)
{
    /// <summary>Whether the answer differs from the one that was asked for.</summary>
    public bool IsPerturbed => Jitter > 0;

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Backend}; ridge {Ridge:G3}, ")
        + (Jitter == 0 ? "no jitter" : FormattableString.Invariant($"jitter {Jitter:G3} ({JitterRelative:G3} of the mean diagonal): the kernel is singular"))
        + FormattableString.Invariant($", condition {Condition:G3}")
        + (Residual is { } residual ? FormattableString.Invariant($", residual {residual:G3}") : "");
}
