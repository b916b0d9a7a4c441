namespace InfiniteNtk.Kernels.Storage;

/// <summary>A column of a table: numbers where every value that is present is one, otherwise texts.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Numbers">Its numbers, NaN where a value is missing; null for a column of texts.</param>
/// <param name="Texts">Its texts, empty where a value is missing; null for a column of numbers.</param>
internal sealed record CsvColumn(string Name, IReadOnlyList<double>? Numbers, IReadOnlyList<string>? Texts)
{
    /// <summary>Whether a value is missing: the field is empty, NA, N/A, NaN, null or ?.</summary>
    public bool IsMissing(int row) => Numbers is null ? Texts![row].Length == 0 : double.IsNaN(Numbers[row]);
}
