namespace InfiniteNtk.Cli.Arguments;

/// <summary>One option of a command: what parsing accepts and what its help says, in one place.</summary>
/// <param name="Name">With its dashes: "--net".</param>
/// <param name="Value">What stands for its value in help, such as "FILE"; null: a switch without value.</param>
/// <param name="Meaning">One or two sentences.</param>
/// <param name="Repeats">Whether it may be given more than once.</param>
internal sealed record Option(string Name, string? Value, string Meaning, bool Repeats = false)
{
    /// <summary>As help shows it: "--net TEXT|@FILE".</summary>
    public string Usage => Value is null ? Name : $"{Name} {Value}";

    /// <summary>Whether its value is a network.</summary>
    public bool IsNetwork => Name == "--net";

    /// <summary>Whether its value is the name of a file: help shows a name with an ending, or FILE.</summary>
    public bool IsFile => !IsNetwork && Value is not null && (Value.Contains('.', StringComparison.Ordinal) || Value.Contains("FILE", StringComparison.Ordinal));

    /// <summary>Whether it names a file to be read.</summary>
    public bool IsInput => IsFile && Name is not ("--out" or "--report" or "--chart");

    /// <summary>The words that it takes, where help lists them all: "f64|f32"; else none.</summary>
    public IReadOnlyList<string> Words => Value is null || Value.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '|' or ',')) ? [] : Value.Split('|', ',');
}
