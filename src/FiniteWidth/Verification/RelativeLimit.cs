namespace InfiniteNtk;

/// <summary>
/// The error at infinite width of one entry of a kernel relative to itself, of which errors relative to the diagonal say little where the
/// entry is small.
/// </summary>
/// <param name="Row">The entry's row.</param>
/// <param name="Column">Its column.</param>
/// <param name="Size">|K_ij|/√(K_ii K_jj).</param>
/// <param name="Intercept">a/<see cref="Size"/>: 0.1 is ten per cent of the entry.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Bound">What |<see cref="Intercept"/>| is not above, with 2.6 standard errors.</param>
public sealed record RelativeLimit(int Row, int Column, double Size, double Intercept, double StandardError, double Bound);
