using System.Globalization;

namespace InfiniteNtk.Regression.Data;

/// <summary>Targets as a file holds them, before it is decided what they mean: one column of texts, or columns of numbers.</summary>
/// <param name="Name">The column's or array's name.</param>
/// <param name="Source">Where they are, for messages.</param>
/// <param name="Texts">One text a point; null for numbers.</param>
/// <param name="Columns">Columns of numbers, finite; empty for texts.</param>
internal sealed record RawTargets(string Name, string Source, IReadOnlyList<string>? Texts, IReadOnlyList<IReadOnlyList<double>> Columns)
{
    /// <summary>Number of points.</summary>
    public int Count => Texts?.Count ?? Columns[0].Count;

    /// <summary>What a point is called if the targets are classes.</summary>
    public string Label(int point) => Texts?[point] ?? NameOf(Columns[0][point]);

    /// <summary>A number as the name of a class; −0 is 0.</summary>
    public static string NameOf(double number) => (number + 0.0).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The class of each point where each row of several columns is 1 once and 0 else; otherwise null.</summary>
    public int[]? OneHotClasses()
    {
        if (Columns.Count < 2) return null;
        var classes = new int[Count];
        for (int i = 0; i < classes.Length; i++)
        {
            int ones = 0;
            for (int c = 0; c < Columns.Count; c++)
            {
                if (Columns[c][i] == 1)
                {
                    classes[i] = c;
                    ones++;
                }
                else if (Columns[c][i] != 0)
                {
                    return null;
                }
            }

            if (ones != 1) return null;
        }

        return classes;
    }
}
