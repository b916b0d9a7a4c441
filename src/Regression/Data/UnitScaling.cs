namespace InfiniteNtk.Regression.Data;

/// <summary>Each sample to mean square 1; nothing is learned from the population.</summary>
internal sealed record UnitScaling : Preprocessing
{
    public override string ToString() => "unit";

    private protected override FittedPreprocessing FitTo(Samples population, ILinearAlgebra? algebra) =>
        new("each sample to mean square 1", population.Shape, rows =>
        {
            for (nint i = 0; i < rows.Rows; i++)
            {
                // Divided by the largest entry first, so that no square overflows or vanishes.
                Span<double> row = rows.View.Row(i);
                double largest = 0;
                foreach (double value in row) largest = Math.Max(largest, Math.Abs(value));
                if (largest == 0) continue;
                double sum = 0;
                foreach (double value in row) sum += value / largest * (value / largest);
                double root = Math.Sqrt(sum / row.Length);
                foreach (ref double value in row) value = value / largest / root;
            }
        });
}
