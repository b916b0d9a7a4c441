namespace InfiniteNtk;

/// <summary>
/// Which points train and which test, each ascending. A function of the number of points, the sizes, the seed and the classes
/// alone: samples and targets that are split alike stay beside each other.
/// </summary>
/// <param name="Train">The training points.</param>
/// <param name="Test">The other points.</param>
public sealed record Partition(ValueList<int> Train, ValueList<int> Test)
{
    private const string Asked = "Cannot split the points";

    /// <summary>Random training and test points.</summary>
    /// <param name="count">Number of points N.</param>
    /// <param name="trainFraction">The part that trains, between 0 and 1; N times it is rounded to the nearest whole number.</param>
    /// <param name="seed">Another one gives another split.</param>
    /// <param name="classes">The class of each point: every class is then split in the same proportion, up to whole points; null: all alike.</param>
    /// <exception cref="InvalidArgumentException">Nothing would be left to train or to test on.</exception>
    /// <exception cref="ShapeMismatchException">There are not as many classes as points.</exception>
    public static Partition Split(nint count, double trainFraction, int seed = 0, IReadOnlyList<int>? classes = null)
    {
        if (!(trainFraction > 0 && trainFraction < 1))
        {
            throw new InvalidArgumentException(
                Asked, $"the training fraction is {trainFraction.ToString(System.Globalization.CultureInfo.InvariantCulture)}", "a number between 0 and 1 is required",
                "Pass 0.8 for four fifths; a whole number is the number of training points");
        }

        return Split(count, (int)Math.Round(count * trainFraction), seed, classes);
    }

    /// <summary>Random training and test points.</summary>
    /// <inheritdoc cref="Split(nint, double, int, IReadOnlyList{int}?)"/>
    /// <param name="count">Number of points N.</param>
    /// <param name="trainCount">Number of training points.</param>
    /// <param name="seed">Another one gives another split.</param>
    /// <param name="classes">The class of each point: every class is then split in the same proportion, up to whole points; null: all alike.</param>
    public static Partition Split(nint count, int trainCount, int seed = 0, IReadOnlyList<int>? classes = null)
    {
        int[] order = Shuffled(count, seed, classes);
        if (trainCount < 1 || trainCount >= order.Length)
        {
            throw new InvalidArgumentException(
                Asked, $"{trainCount} of {order.Length} points would train and {order.Length - trainCount} test", "both need at least one",
                "Use more points, or another fraction or count");
        }

        // Every stretch of the order holds each class in proportion: take the points where the number of training points steps up.
        var train = new List<int>(trainCount);
        var test = new List<int>(order.Length - trainCount);
        for (int i = 0; i < order.Length; i++)
        {
            bool steps = (long)(i + 1) * trainCount / order.Length > (long)i * trainCount / order.Length;
            (steps ? train : test).Add(order[i]);
        }

        train.Sort();
        test.Sort();
        return new Partition(train.ToValueList(), test.ToValueList());
    }

    /// <summary>Every point tests in one of <paramref name="folds"/> parts, whose sizes differ by at most one, and trains in the others.</summary>
    /// <param name="count">Number of points N.</param>
    /// <param name="folds">Number of parts, from 2 to N.</param>
    /// <param name="seed">Another one gives other parts.</param>
    /// <param name="classes">The class of each point: the parts then hold every class alike, up to one point; null: all alike.</param>
    /// <exception cref="InvalidArgumentException">There are fewer than two parts, or fewer points than parts.</exception>
    /// <exception cref="ShapeMismatchException">There are not as many classes as points.</exception>
    public static IReadOnlyList<Partition> Folds(nint count, int folds, int seed = 0, IReadOnlyList<int>? classes = null)
    {
        int[] order = Shuffled(count, seed, classes);
        if (folds < 2 || folds > order.Length)
        {
            throw new InvalidArgumentException(
                Asked, $"{folds} folds of {order.Length} points were asked for", "2 folds to as many as there are points are required", "Pass another number of folds");
        }

        var parts = new Partition[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            int part = fold;
            parts[fold] = new Partition(
                order.Where((_, i) => i % folds != part).Order().ToValueList(), order.Where((_, i) => i % folds == part).Order().ToValueList());
        }

        return parts;
    }

    /// <summary>All points in random order; with classes, one class after the other.</summary>
    private static int[] Shuffled(nint count, int seed, IReadOnlyList<int>? classes)
    {
        if (classes is not null && classes.Count != count)
        {
            throw new ShapeMismatchException(Asked, $"there are {classes.Count} classes", $"{count} points need one each", "Pass the class of each point");
        }

        int[] order = [.. Enumerable.Range(0, checked((int)count))];
        new Random(seed).Shuffle(order);
        return classes is null ? order : [.. order.OrderBy(i => classes[i])]; // A stable sort.
    }
}
