namespace InfiniteNtk.Kernels.Storage;

/// <summary>A table with named columns.</summary>
/// <param name="Source">Where it is, for messages: <c>'wine.csv'</c>.</param>
/// <param name="Columns">Its columns, all of the same length.</param>
/// <param name="Lines">The line of the file on which each row begins, counted from 1 as editors do.</param>
internal sealed record CsvTable(string Source, ValueList<CsvColumn> Columns, IReadOnlyList<int> Lines)
{
    /// <summary>Number of rows.</summary>
    public int Count => Lines.Count;

    /// <summary>The column of that name; null where there is none.</summary>
    public CsvColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}
