using System.Globalization;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>A finished verification, and what a reader must know to judge or repeat it.</summary>
internal sealed record VerificationContext
{
    /// <summary>The network as text.</summary>
    public required string Network { get; init; }

    /// <summary>The points, for example "3 points of 4 features".</summary>
    public required string Points { get; init; }

    /// <summary>The file whose kernels were tested; null: the tool's own.</summary>
    public required string? Against { get; init; }

    /// <summary>The law of the weights.</summary>
    public required string Weights { get; init; }

    /// <summary>The numbers that networks were computed with: "f64" or "f32".</summary>
    public required string Numbers { get; init; }

    /// <summary>Where networks come from.</summary>
    public required int Seed { get; init; }

    /// <summary>What was tested, in the order of reports.</summary>
    public required ValueList<VerifiedQuantity> Quantities { get; init; }

    /// <summary>Trained outputs at the largest width; empty without training.</summary>
    public IReadOnlyList<TrajectoryPoint> Trajectories { get; init; } = [];

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    /// <summary>The tool's version.</summary>
    public required string Version { get; init; }

    /// <summary>Runtime, operating system, processor.</summary>
    public required string Machine { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Processor time of all threads.</summary>
    public TimeSpan Processor { get; init; }

    /// <summary>Networks sampled, and trained, at all widths.</summary>
    public int Drawn { get; init; }

    /// <summary>Networks of each width, in the order of widths: "919", or "919, 2539" where others were trained.</summary>
    public IEnumerable<string> DrawnAtWidths => Enumerable.Range(0, Quantities[0].Verdict.Widths.Count).Select(
        i => string.Join(", ", Quantities.Select(one => one.Verdict.Samples[i]).Distinct()));

    /// <summary>What it took: "5,432 networks in 3.1 s (5.9 s of processor time)".</summary>
    public string Cost => string.Create(
        CultureInfo.InvariantCulture, $"{Drawn:N0} networks in {Elapsed.TotalSeconds:F1} s ({Processor.TotalSeconds:F1} s of processor time)");

    /// <summary>Refuted if anything is, else consistent if everything is.</summary>
    public Verdict Verdict =>
        Quantities.Any(one => one.Verdict.Verdict == Verdict.Refuted) ? Verdict.Refuted
        : Quantities.All(one => one.Verdict.Verdict == Verdict.Consistent) ? Verdict.Consistent
        : Verdict.NoErrorFound;
}
