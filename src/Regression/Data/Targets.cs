using InfiniteNtk.Kernels;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Regression.Data;

/// <summary>What is to be predicted.</summary>
public enum TaskKind
{
    /// <summary>One of C classes.</summary>
    Classification,

    /// <summary>A real number.</summary>
    Regression,
}

/// <summary>
/// Targets as kernel regression sees them, M × O. Classes: one column per class, 1 − 1/C for the own class and −1/C else; two
/// classes: one column, ±1. Regression: one column, centred by the population mean.
/// </summary>
public sealed class Targets : IDisposable
{
    private Targets(KernelMatrix<double> values, TaskKind task, int[] classes, ValueList<string> classNames, double mean)
    {
        Values = values;
        Task = task;
        Classes = classes;
        ClassNames = classNames;
        Mean = mean;
    }

    /// <summary>M × O.</summary>
    public KernelMatrix<double> Values { get; }

    /// <summary>What kind of task it is.</summary>
    public TaskKind Task { get; }

    /// <summary>The class index of each point; empty for regression.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>The name of each class; empty for regression.</summary>
    public ValueList<string> ClassNames { get; }

    /// <summary>What was subtracted from a regression target; 0 for classes.</summary>
    public double Mean { get; }

    /// <summary>Number of points M.</summary>
    public nint Count => Values.Rows;

    /// <summary>Class targets from class indices 0 … C−1.</summary>
    public static Targets FromClasses(IReadOnlyList<int> classes, ValueList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(classNames);
        int count = classNames.Count;
        bool two = count == 2;
        var values = new KernelMatrix<double>(classes.Count, two ? 1 : count);
        for (int i = 0; i < classes.Count; i++)
        {
            for (int c = 0; c < values.Columns; c++)
            {
                values[i, c] = two ? (classes[i] == 1 ? 1 : -1) : (classes[i] == c ? 1.0 : 0.0) - 1.0 / count;
            }
        }

        return new Targets(values, TaskKind.Classification, [.. classes], classNames, 0);
    }

    /// <summary>A regression target, centred by its mean.</summary>
    public static Targets FromNumbers(IReadOnlyList<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        double mean = numbers.Count == 0 ? 0 : numbers.Average();
        var values = new KernelMatrix<double>(numbers.Count, 1);
        for (int i = 0; i < numbers.Count; i++) values[i, 0] = numbers[i] - mean;
        return new Targets(values, TaskKind.Regression, [], [], mean);
    }

    /// <summary>Regression targets with any number of columns, taken as they are (not centred); takes ownership.</summary>
    public static Targets FromValues(KernelMatrix<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Targets(values, TaskKind.Regression, [], [], 0);
    }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();
}
