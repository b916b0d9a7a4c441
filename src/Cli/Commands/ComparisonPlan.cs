using System.Globalization;
using InfiniteNtk.Cli.Arguments;

namespace InfiniteNtk.Cli.Commands;

/// <summary>What a comparison takes on: which networks, and which of the file's points.</summary>
internal sealed class ComparisonPlan(ParsedArguments arguments, ComparisonOptions options)
{
    /// <summary>The networks that were named; none: the default ones.</summary>
    public IReadOnlyList<Network> Asked { get; } = [.. arguments.All("--net").Select(NetworkArgument.Read)];

    /// <summary>The networks with their programs; refused ones are told before anything is computed.</summary>
    public (string Text, KernelProgram Program)[] Networks { get; private set; } = [];

    /// <summary>What was left of the file, and how to have it otherwise; null: all of it was taken.</summary>
    public string? Part { get; private set; }

    /// <summary>The part of the points to take: as many as were asked for, or all, or as many as take minutes.</summary>
    public Dataset Choose(Dataset all)
    {
        int population = checked((int)all.Count);
        if (AllAsked || arguments.Has("--points"))
        {
            int asked = AllAsked ? population : arguments.Integer("--points", 2)!.Value;
            Networks = Programs(all, asked);
            return Take(all, asked, "as --points asks");
        }

        int outputs = (int)all.Targets.Values.Columns;
        Networks = Programs(all, population);
        int count = Unasked();
        if (count == population) return all;
        // On fewer points more of the default networks take only seconds.
        Networks = Programs(all, count);
        count = Math.Min(count, Unasked());
        return Take(all, count, $"for all of them would take about {Times(population, count)} times as long (--points all takes them, --points N as many as you say)");

        int Unasked() => ComparisonWork.PointsUnasked(population, [.. Networks.Select(network => network.Program)], options.Sizes, options.Subsets, outputs);
    }

    private static string Times(int population, int count) => Math.Pow((double)population / count, 3).ToString("F0", CultureInfo.InvariantCulture);

    private Dataset Take(Dataset all, int count, string why)
    {
        if (count == all.Count) return all;
        string classes = all.Targets.Classes.Count > 0 ? ", of each class its share" : "";
        Part = string.Create(CultureInfo.InvariantCulture, $"{count} of the {all.Count} points, a random part with seed {options.Seed}{classes}, {why}");
        return RandomPart.Of(all, count, options.Seed);
    }

    private (string, KernelProgram)[] Programs(Dataset all, int count) =>
    [
        .. (Asked.Count > 0 ? Asked : DefaultNetworks.For(all.Samples.Shape, count)).Distinct().Select(network => (network.ToString(), network.Program(all.Samples.Shape))),
    ];

    private bool AllAsked => arguments.Text("--points") == "all";
}
