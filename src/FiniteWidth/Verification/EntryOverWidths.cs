namespace InfiniteNtk;

/// <summary>One number that sampled networks estimate, followed over widths.</summary>
/// <param name="Step">After how many training steps; null for kernels at initialisation.</param>
/// <param name="Row">The sample it belongs to.</param>
/// <param name="Column">The other sample; the same one where it belongs to a single sample.</param>
/// <param name="Points">Its error at each width.</param>
public sealed record EntryOverWidths(int? Step, int Row, int Column, ValueList<ErrorAtWidth> Points)
{
    /// <summary>
    /// The size of a kernel's entry in the unit of its errors, |K_ij|/√(K_ii K_jj): an error of this size is one of 100 % of the entry. 0 where
    /// the entry is 0 or is none of a kernel: then it has no error relative to itself.
    /// </summary>
    public double Size { get; init; }
}
