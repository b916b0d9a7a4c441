using InfiniteNtk.Kernels;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>One number that sampled networks estimate, followed over widths.</summary>
/// <param name="Step">After how many training steps; null for kernels at initialisation.</param>
/// <param name="Row">The sample it belongs to.</param>
/// <param name="Column">The other sample; the same one where it belongs to a single sample.</param>
/// <param name="Points">Its error at each width.</param>
public sealed record EntryOverWidths(int? Step, int Row, int Column, ValueList<ErrorAtWidth> Points);
