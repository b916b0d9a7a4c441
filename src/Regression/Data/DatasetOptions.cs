namespace InfiniteNtk;

/// <summary>What the user says about a file of data; null leaves it to the rules of <see cref="DatasetReader"/>.</summary>
public sealed record DatasetOptions
{
    /// <summary>The defaults.</summary>
    public static DatasetOptions Default { get; } = new();

    /// <summary>The target: a column of a table, or an array of a .npz file.</summary>
    public string? TargetName { get; init; }

    /// <summary>The file with the targets of a .npy or IDX file of samples.</summary>
    public string? TargetPath { get; init; }

    /// <summary>Classes or numbers.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>What class targets are measured from.</summary>
    public ClassCentre Centre { get; init; }

    /// <summary>How the axes of an array are to be read.</summary>
    public ArrayLayout? Layout { get; init; }

    /// <summary>
    /// Which shapes of samples are wanted, where no layout is given: an array that has such a shape in one layout only is read so.
    /// </summary>
    public Func<SampleShape, bool>? Suits { get; init; }

    /// <summary>How often the caller will hold the samples: an array is refused by its header where so many do not fit.</summary>
    internal int Copies { get; init; } = 1;
}
