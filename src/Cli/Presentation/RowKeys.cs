using InfiniteNtk.Regression.Comparison;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>
/// Letters A, B, … for the networks of a comparison in the order of its rows: network texts are too long for charts and narrow
/// tables. Baselines keep their names.
/// </summary>
internal sealed class RowKeys
{
    private readonly Dictionary<string, string> _letters = [];

    /// <summary>The keys of a result's rows.</summary>
    public RowKeys(ComparisonResult result)
    {
        foreach (ComparisonRow row in result.Rows.Where(IsNetwork)) _letters.TryAdd(row.Name, Letter(_letters.Count));
    }

    /// <summary>Letter and full text of each network.</summary>
    public IEnumerable<(string Key, string Name)> Networks => _letters.Select(pair => (pair.Value, pair.Key));

    /// <summary>Whether a row is a network's kernel and not a baseline.</summary>
    public static bool IsNetwork(ComparisonRow row) => row.Kernel is "nngp" or "ntk";

    /// <summary>The letter of a row's network, or empty for a baseline.</summary>
    public string Key(ComparisonRow row) => IsNetwork(row) ? _letters[row.Name] : "";

    /// <summary>As short as possible: "A NTK", "linear".</summary>
    public string Tag(ComparisonRow row) => IsNetwork(row) ? $"{Key(row)} {KernelName(row)}" : row.Name;

    /// <summary>Tag and short network: "A NTK: Flatten >> (Dense >> Relu) × 3 >> Dense".</summary>
    public string Label(ComparisonRow row) => IsNetwork(row) ? $"{Tag(row)}: {NetworkLabel.Short(row.Name)}" : $"{row.Name} (baseline)";

    /// <summary>NNGP, NTK, or the baseline's kernel.</summary>
    public static string KernelName(ComparisonRow row) => IsNetwork(row) ? row.Kernel.ToUpperInvariant() : row.Kernel;

    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : Letter(index / 26 - 1) + Letter(index % 26);
}
