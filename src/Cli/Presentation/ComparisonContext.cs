namespace InfiniteNtk.Cli.Presentation;

/// <summary>What a reader must know to judge or repeat a comparison, beside its numbers.</summary>
internal sealed record ComparisonContext
{
    /// <summary>The data file's name.</summary>
    public required string Data { get; init; }

    /// <summary>Its points, for example "1797 points, 8×8 positions with 1 channel; 10 classes".</summary>
    public required string DataDescription { get; init; }

    /// <summary>Which part of the file's points was taken and why; null: all of them.</summary>
    public string? Part { get; init; }

    /// <summary>How the inputs were preprocessed.</summary>
    public required string Preprocessing { get; init; }

    /// <summary>The separate test set's name; null without one.</summary>
    public string? Test { get; init; }

    /// <summary>What is predicted, for example "target" or "class of 10".</summary>
    public required string Target { get; init; }

    /// <summary>The command that made it, ready to be pasted into a shell.</summary>
    public required string Command { get; init; }

    /// <summary>The tool's version.</summary>
    public required string Version { get; init; }

    /// <summary>Runtime, operating system, processor, linear algebra.</summary>
    public required string Machine { get; init; }

    /// <summary>Precision of the kernels.</summary>
    public required string Precision { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
