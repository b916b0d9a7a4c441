using System.Text;

namespace InfiniteNtk.Compositional.Explanation;

/// <summary>Rows of text under each other, columns aligned on the left.</summary>
internal static class PlainTable
{
    /// <summary>One line a row, each ended.</summary>
    public static string Write(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows) text.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return text.ToString();
    }
}
