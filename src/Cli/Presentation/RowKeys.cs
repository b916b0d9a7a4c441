namespace InfiniteNtk.Cli.Presentation;

/// <summary>
/// Letters A, B, … for the networks of a comparison in the order of its rows, those left out last: network texts are too long for charts and narrow
/// tables. Baselines keep their names.
/// </summary>
internal sealed class RowKeys
{
    private readonly Dictionary<string, string> _letters = [];

    /// <summary>The keys of a result's rows.</summary>
    public RowKeys(ComparisonResult result)
    {
        foreach (ComparisonRow row in result.Rows.Where(IsNetwork)) _letters.TryAdd(row.Name, Letter(_letters.Count));
        foreach (LeftOutKernel kernel in result.LeftOut.Where(IsNetwork)) _letters.TryAdd(kernel.Name, Letter(_letters.Count));
    }

    /// <summary>Letter and full text of each network.</summary>
    public IEnumerable<(string Key, string Name)> Networks => _letters.Select(pair => (pair.Value, pair.Key));

    /// <summary>Whether a row is a network's kernel and not a baseline.</summary>
    public static bool IsNetwork(ComparisonRow row) => IsNetworkKernel(row.Kernel);

    /// <summary>Whether what was left out is a network's kernel and not a baseline.</summary>
    public static bool IsNetwork(LeftOutKernel kernel) => IsNetworkKernel(kernel.Kernel);

    /// <summary>The letter of a row's network, or empty for a baseline.</summary>
    public string Key(ComparisonRow row) => IsNetwork(row) ? _letters[row.Name] : "";

    /// <summary>The letter of a network that was left out, or empty for a baseline.</summary>
    public string Key(LeftOutKernel kernel) => IsNetwork(kernel) ? _letters[kernel.Name] : "";

    /// <summary>As short as possible: "A NTK", "linear".</summary>
    public string Tag(ComparisonRow row) => Tag(row.Name, row.Kernel);

    /// <summary>The tag of what was left out.</summary>
    public string Tag(LeftOutKernel kernel) => Tag(kernel.Name, kernel.Kernel);

    /// <summary>Tag and short network: "A NTK: Flatten >> (Dense >> Relu) × 3 >> Dense".</summary>
    public string Label(ComparisonRow row) => IsNetwork(row) ? $"{Tag(row)}: {NetworkLabel.Short(row.Name)}" : $"{row.Name} (baseline)";

    /// <summary>NNGP, NTK, or the baseline's kernel.</summary>
    public static string KernelName(ComparisonRow row) => KernelName(row.Kernel);

    /// <summary>NNGP, NTK, or the baseline's kernel.</summary>
    public static string KernelName(LeftOutKernel kernel) => KernelName(kernel.Kernel);

    private static bool IsNetworkKernel(string kernel) => kernel is "nngp" or "ntk";

    private static string KernelName(string kernel) => IsNetworkKernel(kernel) ? kernel.ToUpperInvariant() : kernel;

    private string Tag(string name, string kernel) => IsNetworkKernel(kernel) ? $"{_letters[name]} {KernelName(kernel)}" : name;

    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : Letter(index / 26 - 1) + Letter(index % 26);
}
