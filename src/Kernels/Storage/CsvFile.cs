using System.Globalization;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>Tables as delimited text: a header row with distinct names, then rows of as many fields.</summary>
internal static class CsvFile
{
    /// <summary>
    /// Reads a table. The delimiter (comma, semicolon, tab) is found from the header; numbers have a decimal point. The file is
    /// read twice: to find which columns are numbers, and to keep only those numbers.
    /// </summary>
    /// <exception cref="InvalidFileException">
    /// The file is missing or empty, has no header, unnamed or equally named columns, a row with another number of fields (its line
    /// is named), a row of more than 16 million characters, or unbalanced quotes.
    /// </exception>
    /// <exception cref="MemoryBudgetException">The table does not fit the memory that is free.</exception>
    public static CsvTable Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string source = $"'{path}'";
        return FileErrors.Reading(source, () =>
        {
            (string[] names, bool[] numeric, int rows, long characters) = ReadKinds(path, source);
            RequireMemory(source, numeric, rows, characters);
            List<double>?[] numbers = [.. numeric.Select(kind => kind ? new List<double>(rows) : null)];
            List<string>?[] texts = [.. numeric.Select(kind => kind ? null : new List<string>(rows))];
            var lines = new List<int>(rows);
            using CsvRecordReader records = Open(path, source);
            records.Read();
            while (records.Read())
            {
                RequireWidth(records, names, source);
                for (int c = 0; c < names.Length; c++)
                {
                    ReadOnlySpan<char> field = records.Field(c);
                    numbers[c]?.Add(IsMissing(field) ? double.NaN : Number(field) ?? throw new InvalidDataException("it was changed while it was read"));
                    texts[c]?.Add(IsMissing(field) ? "" : field.ToString());
                }

                lines.Add(records.Line);
            }

            return new CsvTable(source, [.. names.Select((name, c) => new CsvColumn(name, numbers[c], texts[c]))], lines);
        });
    }

    /// <summary>8 bytes a number, a reference and an object with its characters a text, and the number of each line.</summary>
    private static void RequireMemory(string source, bool[] numeric, int rows, long characters)
    {
        const int Text = 40;
        long texts = numeric.Count(kind => !kind), numbers = numeric.Length - texts;
        MemoryBudget.Require(rows * (sizeof(double) * numbers + Text * texts + sizeof(int)) + sizeof(char) * characters, $"Cannot read {source}", "Use fewer rows, or a machine with more memory");
    }

    /// <summary>Which columns are numbers, how many rows there are, and the characters of the columns of texts.</summary>
    private static (string[] Names, bool[] Numeric, int Rows, long Characters) ReadKinds(string path, string source)
    {
        using CsvRecordReader records = Open(path, source);
        string[] names = ReadHeader(records, source);
        bool[] numeric = [.. names.Select(_ => true)];
        var characters = new long[names.Length];
        int rows = 0;
        while (records.Read())
        {
            RequireWidth(records, names, source);
            rows++;
            for (int c = 0; c < names.Length; c++)
            {
                characters[c] += records.Field(c).Length;
                if (numeric[c]) numeric[c] = IsMissing(records.Field(c)) || Number(records.Field(c)) is not null;
            }
        }

        return (names, numeric, rows, numeric.Zip(characters).Sum(column => column.First ? 0 : column.Second));
    }

    private static string[] ReadHeader(CsvRecordReader records, string source)
    {
        if (!records.Read())
        {
            throw FileErrors.Unreadable(source, "it is empty", "a header row and rows of data are required", "Check the path");
        }

        var names = new string[records.Count];
        bool allNumbers = true;
        for (int c = 0; c < names.Length; c++)
        {
            names[c] = records.Field(c).ToString();
            allNumbers &= Number(records.Field(c)) is not null;
        }

        string? wrong = allNumbers ? $"its first row (line {records.Line}) holds numbers"
            : Array.FindIndex(names, name => name.Length == 0) is >= 0 and var unnamed ? $"column {unnamed + 1} has no name"
            : names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? $"{twice.Count()} columns are named '{twice.Key}'"
            : null;
        if (wrong is null) return names;
        throw FileErrors.Unreadable(
            source, wrong, "a header row with a different name for each column is required",
            "Add the names as first line; from pandas: frame.to_csv(path, index=False)");
    }

    private static void RequireWidth(CsvRecordReader records, string[] names, string source)
    {
        if (records.Count == names.Length) return;
        throw FileErrors.Unreadable(
            source, $"line {records.Line} has {records.Count} fields", $"the header has {names.Length}",
            "Add or remove fields on that line, or quote a field that holds the delimiter");
    }

    private static bool IsMissing(ReadOnlySpan<char> field) =>
        field is "" or "?" or "NA" or "N/A" or "NaN" or "nan" or "NULL" or "null";

    /// <summary>The number that a field is; NumPy and pandas write infinities as inf.</summary>
    private static double? Number(ReadOnlySpan<char> field)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return number;
        bool negative = field.StartsWith("-");
        return field.TrimStart("+-").Equals("inf", StringComparison.OrdinalIgnoreCase)
            ? negative ? double.NegativeInfinity : double.PositiveInfinity
            : null;
    }

    private static CsvRecordReader Open(string path, string source) => new(InputFile.Open(path), source);
}
