using System.Globalization;

namespace InfiniteNtk;

/// <summary>What is to be predicted.</summary>
public enum TaskKind
{
    /// <summary>One of C classes.</summary>
    Classification,

    /// <summary>A real number.</summary>
    Regression,
}

/// <summary>What class targets are measured from: what "predicting nothing" means.</summary>
public enum ClassCentre
{
    /// <summary>The same guess, 1/C, for every class.</summary>
    Uniform,

    /// <summary>The share of each class in the population: on unbalanced classes the guess that needs no inputs.</summary>
    Frequencies,
}

/// <summary>
/// Targets as kernel regression sees them, M × O. Classes: one column per class, 1 − 1/C for the own class and −1/C else; two
/// classes: one column, +1 for the second and −1 for the first; or, <see cref="ClassCentre.Frequencies"/>, the same less the column's mean. Regression: any number of columns, each centred by its mean over
/// the population.
/// </summary>
/// <remarks>
/// Nothing is scaled, so errors are in squared original units: with nMSE = mean squared error / <see cref="Power"/>, a regression
/// has R² = 1 − nMSE and the root mean squared error √(nMSE · Power).
/// </remarks>
public sealed partial class Targets : IDisposable
{
    private readonly bool _isCentred;

    private Targets(
        KernelMatrix<double> values, TaskKind task, int[] classes, ValueList<string> classNames, ValueList<double> means, bool isCentred = false)
    {
        _isCentred = isCentred;
        Values = values;
        Task = task;
        Classes = classes;
        ClassNames = classNames;
        Means = means;
    }

    /// <summary>M × O.</summary>
    public KernelMatrix<double> Values { get; }

    /// <summary>What kind of task it is.</summary>
    public TaskKind Task { get; }

    /// <summary>The class index of each point; empty for regression.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>The name of each class; empty for regression.</summary>
    public ValueList<string> ClassNames { get; }

    /// <summary>
    /// What was subtracted from each column of a regression, or of classes centred by their frequencies; empty for classes measured from the
    /// uniform guess. A class is decided on predictions with it added.
    /// </summary>
    public ValueList<double> Means { get; }

    /// <summary>What the zero predictor predicts, in words: an error of <see cref="Power"/>, nMSE 1.</summary>
    public string ZeroPredictor => Task == TaskKind.Regression ? Means.Any(mean => mean != 0) ? "the mean" : "zero"
        : Means.Count > 0 ? "the class frequencies" : $"the same guess, 1/{ClassNames.Count}, for every class";

    /// <summary>What a class is decided on beside the prediction of column k.</summary>
    internal double DecisionOffset(int column) => Task == TaskKind.Classification && Means.Count > 0 ? Means[column] : 0;

    /// <summary>Mean ‖y‖² per point, the error of the zero predictor; 0 where there are no points.</summary>
    public double Power
    {
        get
        {
            double sum = 0;
            for (nint i = 0; i < Count; i++)
            {
                foreach (double value in Values.View.Row(i)) sum += value * value;
            }

            return Count == 0 ? 0 : sum / Count;
        }
    }

    /// <summary>
    /// What one unit of a prior of order one stands for: 1 for classes, for a regression the root mean square of its centred
    /// columns. A Gaussian process's standard deviations are in this unit; its means need none.
    /// </summary>
    public double Unit => Task == TaskKind.Classification || Power == 0 ? 1 : Math.Sqrt(Power / Values.Columns);

    /// <summary>What leads from predictions of <see cref="Values"/> back to the units of the data.</summary>
    public TargetUnits Units => new()
    {
        Offsets = Task == TaskKind.Regression ? Means : [.. Enumerable.Range(0, (int)Values.Columns).Select(column => Guess + DecisionOffset(column))],
        Scale = Unit,
    };

    /// <summary>What class targets that are measured from the uniform guess have lost: 1/C, and nothing where two classes are one column.</summary>
    private double Guess => Values.Columns == 1 ? 0 : 1.0 / ClassNames.Count;

    /// <summary>Number of points M.</summary>
    public nint Count => Values.Rows;

    /// <summary>Class targets from class indices 0 … C−1.</summary>
    /// <param name="classes">One index a point.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="centre">What they are measured from.</param>
    /// <exception cref="InvalidArgumentException">There are fewer than two names, or an index has no name.</exception>
    public static Targets FromClasses(IReadOnlyList<int> classes, ValueList<string> classNames, ClassCentre centre = ClassCentre.Uniform)
    {
        Targets targets = FromClasses(classes, classNames, []);
        return centre == ClassCentre.Uniform || targets.Count == 0 ? targets : targets.Less(ColumnMeans(targets.Values.View));
    }

    /// <summary>Class targets measured from the centre of another population.</summary>
    internal static Targets FromClasses(IReadOnlyList<int> classes, ValueList<string> classNames, ValueList<double> means)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(classNames);
        int count = classNames.Count;
        if (count < 2 || classes.Any(c => c < 0 || c >= count))
        {
            throw new InvalidArgumentException(
                "Cannot make class targets", count < 2 ? $"there is {count} class" : $"class {classes.First(c => c < 0 || c >= count)} of {count} occurs",
                "at least two classes, numbered from 0, are required", "Number the classes from 0 and name each");
        }

        bool two = count == 2;
        var values = new KernelMatrix<double>(classes.Count, two ? 1 : count);
        for (int i = 0; i < classes.Count; i++)
        {
            for (int c = 0; c < values.Columns; c++)
            {
                values[i, c] = two ? (classes[i] == 1 ? 1 : -1) : (classes[i] == c ? 1.0 : 0.0) - 1.0 / count;
            }
        }

        var targets = new Targets(values, TaskKind.Classification, [.. classes], classNames, []);
        return means.Count == 0 ? targets : targets.Less(means);
    }

    /// <summary>A regression target, centred by its mean.</summary>
    /// <exception cref="NonFiniteInputException">A number is NaN or infinite.</exception>
    public static Targets FromNumbers(IReadOnlyList<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var values = new KernelMatrix<double>(numbers.Count, 1);
        for (int i = 0; i < numbers.Count; i++) values[i, 0] = numbers[i];
        return Centred(values);
    }

    /// <summary>Regression targets with any number of columns, each centred; takes ownership and overwrites.</summary>
    /// <param name="values">M × O, in original units.</param>
    /// <param name="means">What to subtract: the means of a population that these points are a test of; null: their own.</param>
    /// <exception cref="ShapeMismatchException">There are not as many means as columns.</exception>
    /// <exception cref="NonFiniteInputException">A target is NaN or infinite.</exception>
    public static Targets Centred(KernelMatrix<double> values, ValueList<double>? means = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ValueList<double> subtracted = means ?? ColumnMeans(values.View);
        if (subtracted.Count != values.Columns)
        {
            throw new ShapeMismatchException(
                "Cannot centre targets", $"they have {values.Columns} columns", $"{subtracted.Count} means were given", "Pass one mean per column");
        }

        RequireFinite(values.View);
        Subtract(values, subtracted);
        return new Targets(values, TaskKind.Regression, [], [], subtracted, isCentred: true);
    }

    /// <summary>Regression targets with any number of columns, taken as they are (not centred); takes ownership.</summary>
    /// <exception cref="NonFiniteInputException">A target is NaN or infinite.</exception>
    public static Targets FromValues(KernelMatrix<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireFinite(values.View);
        return new Targets(values, TaskKind.Regression, [], [], [.. new double[values.Columns]]);
    }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();

    /// <summary>The same targets less those means; these values become its.</summary>
    private Targets Less(ValueList<double> means)
    {
        Subtract(Values, means);
        return new Targets(Values, Task, [.. Classes], ClassNames, means);
    }

    private static void Subtract(KernelMatrix<double> values, ValueList<double> means)
    {
        for (nint i = 0; i < values.Rows; i++)
        {
            Span<double> row = values.View.Row(i);
            for (int c = 0; c < row.Length; c++) row[c] -= means[c];
        }
    }

    /// <summary>One missing target would make the mean, and with it every target, NaN.</summary>
    private static void RequireFinite(MatrixView<double> values)
    {
        for (nint i = 0; i < values.Rows; i++)
        {
            int column = values.Row(i).IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
            if (column < 0) continue;
            throw new NonFiniteInputException(
                "Cannot use these targets", $"row {i}, column {column} is {values[i, column].ToString(CultureInfo.InvariantCulture)}", "every target must be finite",
                "Remove that point or replace its target (rows and columns count from 0)");
        }
    }

    private static ValueList<double> ColumnMeans(MatrixView<double> values)
    {
        var means = new double[values.Columns];
        for (nint i = 0; i < values.Rows; i++)
        {
            for (int c = 0; c < means.Length; c++) means[c] += values[i, c] / values.Rows;
        }

        return [.. means];
    }
}
