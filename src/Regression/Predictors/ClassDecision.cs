namespace InfiniteNtk;

/// <summary>
/// Classes from predicted targets: the column with the largest value, the first of equals; with a single column (two classes as
/// −1 and 1) class 1 where it is positive and class 0 elsewhere.
/// </summary>
public static class ClassDecision
{
    /// <summary>The class index of each row.</summary>
    /// <exception cref="NumericalFailureException">A prediction is NaN: no class is the answer.</exception>
    public static int[] Of(KernelMatrix<double> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        int[] classes = new int[predictions.Rows];
        for (int i = 0; i < classes.Length; i++)
        {
            Span<double> row = predictions.View.Row(i);
            foreach (double value in row)
            {
                if (!double.IsNaN(value)) continue;
                throw new NumericalFailureException(
                    "Cannot decide on a class", $"the prediction of point {i} is NaN", "predictions must be numbers", "Check the kernel and the solve report");
            }

            for (int c = 0; c < row.Length; c++)
            {
                if (row.Length == 1) classes[i] = row[0] > 0 ? 1 : 0;
                else if (row[c] > row[classes[i]]) classes[i] = c;
            }
        }

        return classes;
    }

    /// <summary>The share of rows whose decision is the given class; 0 rows: NaN.</summary>
    /// <exception cref="ShapeMismatchException">There is not one class for each row.</exception>
    public static double Accuracy(KernelMatrix<double> predictions, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        int[] decided = Of(predictions);
        if (decided.Length != classes.Count)
        {
            throw new ShapeMismatchException(
                "Cannot measure accuracy", $"there are {decided.Length} predictions and {classes.Count} classes", "there must be one class for each prediction",
                "Pass the classes of the predicted points");
        }

        return decided.Zip(classes).Count(pair => pair.First == pair.Second) / (double)decided.Length;
    }
}
