using System.Globalization;

namespace InfiniteNtk;

public sealed partial class Targets
{
    private const int MostClassesShown = 5;

    /// <summary>Class targets from the name of each point's class; classes are numbered in ordinal order of their names.</summary>
    /// <exception cref="InvalidArgumentException">There are fewer than two classes.</exception>
    public static Targets FromLabels(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string[] names = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        return FromClasses([.. labels.Select(label => Array.BinarySearch(names, label, StringComparer.Ordinal))], names.ToValueList());
    }

    /// <summary>
    /// The targets at these places, copied, in this order. They keep the classes and the means of the whole: what is taken from one
    /// population stays comparable.
    /// </summary>
    /// <exception cref="InvalidArgumentException">A place does not exist.</exception>
    public Targets Take(IReadOnlyList<int> points)
    {
        KernelMatrix<double> values = Values.TakeRows(points);
        int[] classes = Task == TaskKind.Classification ? [.. points.Select(point => Classes[point])] : [];
        return new Targets(values, Task, classes, ClassNames, Means, _isCentred);
    }

    /// <summary>
    /// Random training and test targets, each in the order they have here. Samples split by the same numbers stay beside them, if
    /// <paramref name="stratified"/> is false; a <see cref="Dataset"/> splits both. Centred columns of a regression are
    /// centred anew, by the means of the training points, so that nothing of the test points is known in training.
    /// </summary>
    /// <param name="trainFraction">The part that trains, between 0 and 1.</param>
    /// <param name="seed">Another one gives another split.</param>
    /// <param name="stratified">Whether every class is split in the same proportion.</param>
    /// <exception cref="InvalidArgumentException">Nothing would be left to train or to test on.</exception>
    public (Targets Train, Targets Test) Split(double trainFraction, int seed = 0, bool stratified = false) =>
        Take(Partition.Split(Count, trainFraction, seed, ClassesIf(stratified)));

    /// <inheritdoc cref="Split(double, int, bool)"/>
    /// <param name="trainCount">Number of training points.</param>
    /// <param name="seed">Another one gives another split.</param>
    /// <param name="stratified">Whether every class is split in the same proportion.</param>
    public (Targets Train, Targets Test) Split(int trainCount, int seed = 0, bool stratified = false) =>
        Take(Partition.Split(Count, trainCount, seed, ClassesIf(stratified)));

    /// <summary>For example "150 targets of 3 classes (a: 50, b: 50, c: 50)", "20 targets of 1 number (mean 3.5, unit 1.2)".</summary>
    public override string ToString()
    {
        string count = $"{Count} target{(Count == 1 ? "" : "s")}";
        if (Task == TaskKind.Classification)
        {
            IEnumerable<string> sizes = ClassNames.Take(MostClassesShown).Select((name, c) => $"{name}: {Classes.Count(own => own == c)}");
            return $"{count} of {ClassNames.Count} classes ({string.Join(", ", sizes)}{(ClassNames.Count > MostClassesShown ? ", …" : "")})";
        }

        string numbers = Values.Columns == 1 ? "1 number" : $"{Values.Columns} numbers";
        string centre = !_isCentred ? "not centred" : $"mean {string.Join(", ", Means.Take(3).Select(Short))}{(Means.Count > 3 ? ", …" : "")}";
        return $"{count} of {numbers} ({centre})";
    }

    /// <summary>Training and test targets, centred by the training points where these are centred.</summary>
    internal (Targets Train, Targets Test) Take(Partition parts)
    {
        (Targets train, Targets test) = (Take(parts.Train), Take(parts.Test));
        if (!_isCentred) return (train, test);
        ValueList<double> means = [.. ColumnMeans(train.Values.View).Zip(Means, (own, whole) => own + whole)];
        return (train.CentredBy(means), test.CentredBy(means));
    }

    internal IReadOnlyList<int>? ClassesIf(bool stratified)
    {
        if (!stratified || Task == TaskKind.Classification) return stratified ? Classes : null;
        throw new InvalidArgumentException(
            "Cannot split these targets by class", "they are numbers", "stratifying needs classes", "Leave it out, or make class targets");
    }

    /// <summary>These numbers, which this call consumes, less other means.</summary>
    private Targets CentredBy(ValueList<double> means)
    {
        for (nint i = 0; i < Count; i++)
        {
            Span<double> row = Values.View.Row(i);
            for (int c = 0; c < row.Length; c++) row[c] += Means[c] - means[c];
        }

        return new Targets(Values, Task, [], [], means, isCentred: true);
    }

    private static string Short(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
