namespace InfiniteNtk;

public sealed partial record Dataset
{
    /// <summary>A data set of arrays in memory.</summary>
    /// <exception cref="ShapeMismatchException">There are not as many targets as samples.</exception>
    public static Dataset From(Samples samples, Targets targets)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(targets);
        if (samples.Count == targets.Count) return new Dataset(samples, targets, [], "y", "memory", targets.ToString());
        throw new ShapeMismatchException(
            "Cannot make a data set", $"there are {samples.Count} samples and {targets.Count} targets", "each sample needs its target", "Pass as many of each");
    }

    /// <summary>The points at these places, copied, in this order; classes and means stay those of the whole.</summary>
    /// <exception cref="InvalidArgumentException">A place does not exist.</exception>
    public Dataset Take(IReadOnlyList<int> points) => this with { Samples = Samples.Take(points), Targets = Targets.Take(points) };

    /// <summary>
    /// Random training and test points, copied, each in the order they have here. Where targets are a centred regression, both are
    /// centred by the means of the training points.
    /// </summary>
    /// <param name="trainFraction">The part that trains, between 0 and 1.</param>
    /// <param name="seed">Another one gives another split.</param>
    /// <param name="stratified">Whether every class is split in the same proportion; null: where there are classes.</param>
    /// <exception cref="InvalidArgumentException">Nothing would be left to train or to test on, or there are no classes.</exception>
    public (Dataset Train, Dataset Test) Split(double trainFraction, int seed = 0, bool? stratified = null) =>
        Take(Partition.Split(Count, trainFraction, seed, Classes(stratified)));

    /// <inheritdoc cref="Split(double, int, bool?)"/>
    /// <param name="trainCount">Number of training points.</param>
    /// <param name="seed">Another one gives another split.</param>
    /// <param name="stratified">Whether every class is split in the same proportion; null: where there are classes.</param>
    public (Dataset Train, Dataset Test) Split(int trainCount, int seed = 0, bool? stratified = null) =>
        Take(Partition.Split(Count, trainCount, seed, Classes(stratified)));

    /// <summary>Cross-validation: every point tests in one of the folds and trains in the others; a fold is copied when it is asked for.</summary>
    /// <param name="folds">Number of folds, from 2 to the number of points.</param>
    /// <param name="seed">Another one gives other folds.</param>
    /// <param name="stratified">Whether the folds hold every class alike; null: where there are classes.</param>
    /// <exception cref="InvalidArgumentException">There are fewer than two folds, or fewer points than folds, or no classes.</exception>
    public IEnumerable<(Dataset Train, Dataset Test)> Folds(int folds, int seed = 0, bool? stratified = null) =>
        Partition.Folds(Count, folds, seed, Classes(stratified)).Select(Take);

    /// <summary>For example "iris.csv: 150 samples of 4 features, 3 classes ('species' is text)".</summary>
    public override string ToString() => $"{Source}: {Samples}, {TargetDescription}";

    private (Dataset Train, Dataset Test) Take(Partition parts)
    {
        (Targets train, Targets test) = Targets.Take(parts);
        return (this with { Samples = Samples.Take(parts.Train), Targets = train }, this with { Samples = Samples.Take(parts.Test), Targets = test });
    }

    private IReadOnlyList<int>? Classes(bool? stratified) => Targets.ClassesIf(stratified ?? Targets.Task == TaskKind.Classification);
}
