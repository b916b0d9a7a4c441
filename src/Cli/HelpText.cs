using InfiniteNtk.Cli.Arguments;
using InfiniteNtk.Cli.Commands;
using InfiniteNtk.Cli.Completion;
using InfiniteNtk.Cli.Terminal;

namespace InfiniteNtk.Cli;

/// <summary>Help that teaches: what a command is for, examples to copy, then its options.</summary>
internal static class HelpText
{
    private const int Width = 100;
    private const int OptionWidth = 26;

    /// <summary>The tool's own help.</summary>
    public static void Write(ToolConsole console, IEnumerable<ToolCommand> commands)
    {
        TextWriter text = console.Out;
        text.WriteLine(console.Bold("intk") + ": infinitely wide neural networks, compared and computed without training.");
        text.WriteLine();
        text.WriteLine("Write an architecture as an expression; get its exact NNGP and NTK kernels, the predictions of the");
        text.WriteLine("infinitely wide network, and the learning curve to expect on your data.");
        text.WriteLine();
        text.WriteLine(console.Bold("Start here"));
        WriteExample(console, new Example("Compare architectures on a data set and open the report", "intk compare samples/digits.npz --report report.html"));
        WriteExample(console, new Example("See what an expression computes", "intk explain \"Dense(sqrt(2)) >> Relu >> Dense\""));
        text.WriteLine(console.Bold("Commands"));
        foreach (ToolCommand command in commands) text.WriteLine($"  {command.Name,-12}{command.Summary}");
        text.WriteLine();
        WriteNetworks(console);
        text.WriteLine("intk COMMAND --help explains a command; intk --version tells the version.");
        text.WriteLine("Exit codes: 0 done, 1 the computation failed, 2 wrong use or unreadable input, 130 interrupted, 143 terminated.");
    }

    /// <summary>One command's help.</summary>
    public static void Write(ToolConsole console, ToolCommand command)
    {
        TextWriter text = console.Out;
        text.WriteLine($"{console.Bold($"intk {command.Name}")}: {command.Summary}");
        text.WriteLine();
        text.WriteLine($"  intk {command.Name} {command.Usage}");
        text.WriteLine();
        foreach (string paragraph in command.Description.Split('\n'))
        {
            foreach (string line in Wrap(paragraph, Width)) text.WriteLine(line);
        }

        text.WriteLine();
        text.WriteLine(console.Bold("Examples"));
        foreach (Example example in command.Examples) WriteExample(console, example);
        if (command.Options.Count > 0)
        {
            text.WriteLine(console.Bold("Options"));
            foreach (Option option in command.Options) WriteOption(text, option);
            if (command.Options.Any(option => option.IsInput)) text.WriteLine("A file to be read may be - (standard input) or a pipe.");
            text.WriteLine();
        }

        if (command.Options.Any(option => option.Name == "--net")) WriteNetworks(console);
    }

    private static void WriteNetworks(ToolConsole console)
    {
        console.Out.WriteLine(console.Bold("Networks"));
        console.Out.WriteLine("  Layers are joined with >> (then) and + (parallel branches, added). Quote them: a shell takes >> for itself.");
        console.Out.WriteLine("    \"Dense(weightStd: sqrt(2), biasStd: 0.1) >> Relu >> Dense\"       two layers of weights");
        console.Out.WriteLine("    \"Flatten >> Dense >> Erf >> Dense\"                              images: Flatten first");
        console.Out.WriteLine("    \"Dense >> Repeat(3, Identity + (LayerNorm >> Relu >> Dense)) >> Dense\"   residual blocks");
        console.Out.WriteLine("    \"Conv(3, 3) >> Relu >> AveragePool(2, 2) >> GlobalAveragePool >> Dense\"   images, convolutions");
        console.Out.WriteLine($"    {string.Join(", ", CompletedOption.Networks),-64}published architectures, by name");
        console.Out.WriteLine("    @network.json                                                   the same as JSON, from a file");
        console.Out.WriteLine();
    }

    private static void WriteExample(ToolConsole console, Example example)
    {
        console.Out.WriteLine("  " + console.Faint($"# {example.Purpose}"));
        console.Out.WriteLine("  " + example.Line);
        console.Out.WriteLine();
    }

    private static void WriteOption(TextWriter text, Option option)
    {
        string usage = "  " + option.Usage;
        if (usage.Length >= OptionWidth)
        {
            text.WriteLine(usage);
            usage = "";
        }

        foreach (string line in Wrap(option.Meaning, Width - OptionWidth))
        {
            text.WriteLine(usage.PadRight(OptionWidth) + line);
            usage = "";
        }
    }

    private static IEnumerable<string> Wrap(string paragraph, int width)
    {
        string line = "";
        foreach (string word in paragraph.Split(' '))
        {
            if (line.Length + word.Length + 1 > width && line.Length > 0)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
