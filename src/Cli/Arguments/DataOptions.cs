namespace InfiniteNtk.Cli.Arguments;

/// <summary>Options that say how a file of labelled points is to be read.</summary>
internal static class DataOptions
{
    /// <summary>In the order of help.</summary>
    public static ValueList<Option> All { get; } =
    [
        new Option("--target", "NAME", "The target: a column of a table (default: target, else the last) or an array of a .npz (default: y)."),
        new Option("--labels", "FILE", "The targets of a .npy or IDX file of samples, where their name does not tell."),
        new Option("--task", "classify|regress", "Classes or numbers; default: classes where the target is text or has at most 20 distinct integers."),
        new Option("--preprocess", "HOW", "global (default for images: one mean and standard deviation), features (default for tables: per feature), none, unit (each sample to length 1), zca:EPS."),
        SharedOptions.Layout,
    ];

    /// <summary>For commands that say what an error of 1 is.</summary>
    public static Option Centre { get; } = new(
        "--center", "uniform|frequencies", "What class targets are measured from, an error of 1: the same guess for every class (default), or the class frequencies, on unbalanced classes.");

    /// <summary>What was asked for; samples are read as all <paramref name="networks"/> take them.</summary>
    public static DatasetOptions Of(ParsedArguments arguments, IReadOnlyCollection<Network> networks) => new()
    {
        TargetName = arguments.Text("--target"),
        TargetPath = arguments.Text("--labels"),
        Task = arguments.Choice<TaskKind?>("--task", null, ("classify", TaskKind.Classification), ("regress", TaskKind.Regression)),
        Centre = arguments.Choice("--center", ClassCentre.Uniform, ("uniform", ClassCentre.Uniform), ("frequencies", ClassCentre.Frequencies)),
        Layout = SharedOptions.LayoutOf(arguments),
        Suits = shape => networks.All(network => ShapeArgument.Suits(network, shape)),
    };
}
