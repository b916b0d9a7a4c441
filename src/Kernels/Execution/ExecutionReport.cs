using System.Globalization;

namespace InfiniteNtk;

/// <summary>Facts about a finished computation.</summary>
/// <param name="Executor">Who computed it.</param>
/// <param name="Entries">Kernel entries actually computed (a symmetric matrix: n(n+1)/2, both kernels counting as one entry).</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="ScratchBytes">Memory the workers used beside the results.</param>
/// <param name="Precision">"float32" or "float64".</param>
/// <param name="DualError">
/// The largest error bound of an activation without closed form, of κ relative to √(κ(p,p,p)·κ(q,q,q)) and of κ̇ likewise, at one layer:
/// the neglected tail of its Hermite series, √(T(p) T(q)), or what quadrature promises; 0 where every dual is a closed form.
/// </param>
public sealed record ExecutionReport(
    string Executor, long Entries, TimeSpan Elapsed, long ScratchBytes, string Precision, double DualError)
{
    private readonly Lazy<RoundingGrowth?>? _growth;

    /// <summary>
    /// By what factor rounding errors grow between samples that nearly coincide; null where nothing is known (a kernel from a file, or only
    /// zero samples). Computed when it is first asked for: the recursion of three variances.
    /// </summary>
    public RoundingGrowth? Growth => _growth?.Value;

    /// <summary>What a reader of these kernels must know, a sentence each; none: nothing.</summary>
    public ValueList<string> Warnings => Growth?.Warning(Precision) is { } warning ? [warning] : [];

    /// <summary>What <see cref="Growth"/> computes.</summary>
    internal Lazy<RoundingGrowth?> GrowthWhenAsked
    {
        init => _growth = value;
    }

    /// <summary>For example "210 entries in 0.012 s by cpu, float64, exact duals".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Entries} {(Entries == 1 ? "entry" : "entries")} in {Elapsed.TotalSeconds:0.###} s by {Executor}, {Precision}, {(DualError == 0 ? "exact duals" : $"duals to {DualError:0.#e+0}")}");

    /// <summary>
    /// The largest variance that reached an activation beyond its Hermite series; 0: none. The pairs of such a sample are integrated one by
    /// one, some 10⁴ evaluations of φ and φ′ each, a hundred times dearer than the series.
    /// </summary>
    public double IntegratedVariance { get; init; }

    /// <summary>The name of a precision, as reports and messages say it.</summary>
    internal static string PrecisionOf<T>() where T : unmanaged => typeof(T) == typeof(float) ? "float32" : "float64";
}
