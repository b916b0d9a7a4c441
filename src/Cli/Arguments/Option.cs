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
}
