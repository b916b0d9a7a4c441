using System.Text;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>How a column of a text table is laid out.</summary>
/// <param name="Header">Its heading; a line break makes two lines.</param>
/// <param name="Left">Whether cells are aligned left; numbers are aligned right.</param>
/// <param name="Drop">All columns with the highest number are left out first where the table is too wide; 0: never.</param>
/// <param name="Shrinks">Whether cells are shortened with an ellipsis to fit (one column at most).</param>
internal sealed record TextColumn(string Header, bool Left = false, int Drop = 0, bool Shrinks = false);

/// <summary>
/// An aligned table that fits a width: optional columns are left out first, then one column is shortened. Every line is plain text
/// unless a style is given for its row.
/// </summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    private const int ShortestLabel = 14;
    private readonly List<(string[] Cells, Func<string, string>? Style)> _rows = [];

    /// <summary>Adds a row with one cell a column.</summary>
    public void Add(string[] cells, Func<string, string>? style = null) => _rows.Add((cells, style));

    /// <summary>The lines: headings, a rule, rows.</summary>
    public IEnumerable<string> Lines(int width)
    {
        (int Index, int Width)[] shown = Fit(width);
        int headings = columns.Max(column => column.Header.Split('\n').Length);
        for (int line = 0; line < headings; line++)
        {
            yield return Line(shown, index => HeaderLine(columns[index].Header, line, headings));
        }

        yield return string.Join("  ", shown.Select(column => new string('-', column.Width)));
        foreach ((string[] cells, Func<string, string>? style) in _rows)
        {
            string line = Line(shown, index => cells[index]);
            yield return style is null ? line : style(line);
        }
    }

    private (int Index, int Width)[] Fit(int width)
    {
        List<(int Index, int Width)> shown = [.. columns.Select((column, index) => (index, Natural(index)))];
        while (Total(shown) - Slack(shown) > width && shown.Exists(column => columns[column.Index].Drop > 0))
        {
            int first = shown.Max(column => columns[column.Index].Drop);
            shown.RemoveAll(column => columns[column.Index].Drop == first);
        }

        int excess = Total(shown) - width;
        int shrinking = shown.FindIndex(column => columns[column.Index].Shrinks);
        if (excess > 0 && shrinking >= 0)
        {
            shown[shrinking] = (shown[shrinking].Index, Math.Max(shown[shrinking].Width - excess, ShortestLabel));
        }

        return [.. shown];
    }

    private int Natural(int index) => Math.Max(
        columns[index].Header.Split('\n').Max(Columns), _rows.Count == 0 ? 0 : _rows.Max(row => Columns(row.Cells[index])));

    private int Slack(List<(int Index, int Width)> shown) =>
        shown.Where(column => columns[column.Index].Shrinks).Sum(column => Math.Max(column.Width - 2 * ShortestLabel, 0));

    private static int Total(List<(int Index, int Width)> shown) => shown.Sum(column => column.Width + 2) - 2;

    private string Line((int Index, int Width)[] shown, Func<int, string> cell)
    {
        var line = new StringBuilder();
        foreach ((int index, int width) in shown)
        {
            string text = cell(index);
            if (Columns(text) > width) text = text[..(width - 1)] + "\u2026";
            string padding = new(' ', width - Columns(text));
            line.Append(columns[index].Left ? text + padding : padding + text).Append("  ");
        }

        return line.ToString().TrimEnd();
    }

    // Headings of one line stand on the last.
    private static string HeaderLine(string header, int line, int of)
    {
        string[] parts = header.Split('\n');
        int at = line - (of - parts.Length);
        return at < 0 ? "" : parts[at];
    }

    // Labels here are Latin: one column a character.
    private static int Columns(string text) => text.Length;
}
