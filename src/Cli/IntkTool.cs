using System.Reflection;
using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Cli;

/// <summary>The tool: finds the command, runs it, and turns every failure into one message and an exit code.</summary>
internal static class IntkTool
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>The question was right, but the computation failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or its input files are wrong.</summary>
    public const int WrongUse = 2;

    /// <summary>Stopped by the user; 128 + SIGINT, as shells expect (the process answers SIGTERM with 143).</summary>
    public const int Interrupted = 130;

    /// <summary>What is said then.</summary>
    public const string Stopped = "intk: stopped; no part of a file was left.";

    private const int LongestMessage = 9000; // Four parts, each bounded.

    /// <summary>The commands in the order of help.</summary>
    public static IReadOnlyList<ToolCommand> Commands { get; } =
        [new CompareCommand(), new KernelCommand(), new PredictCommand(), new VerifyCommand(), new ExplainCommand(), new InfoCommand(), new CompletionCommand()];

    /// <summary>The version of the tool, without build metadata.</summary>
    public static string Version { get; } =
        typeof(IntkTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs a command line.</summary>
    public static int Run(IReadOnlyList<string> words, ToolConsole console, CancellationToken cancellation = default)
    {
        bool debug = words.Contains("--debug");
        using var inputs = new PipedInputs(console, cancellation);
        try
        {
            Dispatch([.. words.Where(word => word != "--debug")], console, inputs, cancellation);
            if (console.Out.Failure is not { } lost) return Done;
            console.Error.WriteLine($"intk: done, but the results could not be written to standard output: {lost.Message}");
            return Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.Error.WriteLine(Stopped);
            return Interrupted;
        }
        catch (Exception failure)
        {
            console.Error.WriteLine(debug ? failure.ToString() : "intk: " + ShownText.Lines(inputs.Named(Message(One(failure))), LongestMessage));
            return ExitCode(One(failure));
        }
    }

    /// <summary>However many threads failed, one failure is told: a mistake before a cancellation.</summary>
    private static Exception One(Exception failure) =>
        failure is AggregateException { InnerExceptions.Count: > 0 } many ? many.Flatten().InnerExceptions.MinBy(one => one is OperationCanceledException ? 1 : 0)! : failure;

    private static void Dispatch(string[] words, ToolConsole console, PipedInputs inputs, CancellationToken cancellation)
    {
        switch (words)
        {
            case [] or ["--help" or "-h" or "help"]:
                HelpText.Write(console, Commands);
                return;
            case ["--version"]:
                console.Out.WriteLine(Version);
                return;
            case ["--help" or "-h" or "help", string topic, ..]:
                HelpText.Write(console, Find(topic));
                return;
        }

        ToolCommand command = Find(words[0]);
        if (words.Skip(1).TakeWhile(word => word != "--").Any(word => word is "--help" or "-h"))
        {
            HelpText.Write(console, command);
            return;
        }

        try
        {
            var arguments = ParsedArguments.Parse(command.Name, words[1..], command.Options, command.TakesPositional);
            if (command.PositionalWords.Count == 0) arguments.Replace(command.Options, inputs.Regular, inputs.RegularNetwork, command.PositionalIsNetwork);
            command.Run(arguments, console, cancellation);
        }
        catch (MemoryBudgetException failure)
        {
            throw new MemoryBudgetException(failure.Asked, failure.Received, failure.Required, command.MemoryRemedy, failure);
        }
    }

    private static ToolCommand Find(string name) => Commands.FirstOrDefault(command => command.Name == name)
        ?? throw new UsageException(
            $"there is no command \"{name}\". {NearestName.Remedy(name, Commands.Select(command => command.Name), "The commands are " + string.Join(", ", Commands.Select(command => command.Name)) + ".")}");

    private static int ExitCode(Exception failure) => failure switch
    {
        NumericalFailureException or MemoryBudgetException or DeviceException or DeliveryException => Failed,
        UsageException or InfiniteNtkException or FileNotFoundException or DirectoryNotFoundException => WrongUse,
        _ => Failed,
    };

    private static string Message(Exception failure) => failure switch
    {
        UsageException or InfiniteNtkException or DeliveryException => failure.Message,
        IOException or UnauthorizedAccessException => failure.Message,
        OutOfMemoryException => "the computation ran out of memory; use fewer points.",
        _ => $"something unexpected went wrong ({failure.GetType().Name}: {failure.Message}). This is a mistake in the tool: "
            + "please report it with the command line; --debug shows where it happened.",
    };
}
