namespace InfiniteNtk.FiniteWidth.EmpiricalKernels;

/// <summary>Where a layer adds its term of the NTK, and what it may spend on it.</summary>
/// <param name="Values">
/// (N·R) × (N′·R′), row n·R + r, where the output directions are kept apart; N × N′ where only their trace is wanted.
/// </param>
/// <param name="TraceOnly">Whether to sum over equal directions.</param>
/// <param name="Scratch">Bytes of scratch one layer may use.</param>
internal sealed record NtkBlock(KernelMatrix<double> Values, bool TraceOnly, long Scratch);
