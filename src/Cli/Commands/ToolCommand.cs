using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli.Commands;

/// <summary>An example in a command's help.</summary>
/// <param name="Purpose">What somebody wants.</param>
/// <param name="Line">What to type.</param>
internal sealed record Example(string Purpose, string Line);

/// <summary>One command of the tool: its words and what it does.</summary>
internal abstract class ToolCommand
{
    /// <summary>What to type after "intk".</summary>
    public abstract string Name { get; }

    /// <summary>One line for the list of commands.</summary>
    public abstract string Summary { get; }

    /// <summary>The usage line after the name.</summary>
    public abstract string Usage { get; }

    /// <summary>What it does and what comes out, for a newcomer.</summary>
    public abstract string Description { get; }

    /// <summary>From the simplest to the most complete.</summary>
    public abstract ValueList<Example> Examples { get; }

    /// <summary>In the order of help.</summary>
    public abstract ValueList<Option> Options { get; }

    /// <summary>Whether one argument may be given by position: a file, unless a command says otherwise.</summary>
    public virtual bool TakesPositional => false;

    /// <summary>The words of which the positional argument is one; none: it is a file or a network.</summary>
    public virtual ValueList<string> PositionalWords => [];

    /// <summary>Whether the positional argument is a network.</summary>
    public virtual bool PositionalIsNetwork => false;

    /// <summary>What helps where memory does not suffice, in the words of this command.</summary>
    public virtual string MemoryRemedy => "Use fewer points, or a machine with more free memory";

    /// <summary>Does it.</summary>
    public abstract void Run(ParsedArguments arguments, ToolConsole console, CancellationToken cancellation);
}
