namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Targets of distinct points: the mean of each group of copies, and how its members scatter about it.</summary>
internal sealed class GroupTargets : IDisposable
{
    private readonly double[] _deviations;

    public GroupTargets(Targets targets, CopyGroups groups)
    {
        int outputs = Outputs = (int)targets.Values.Columns;
        Means = new KernelMatrix<double>(groups.Count, outputs);
        for (int g = 0; g < groups.Count; g++) Means.View.Row(g).Clear();
        for (int i = 0; i < groups.Points; i++)
        {
            int g = groups.Of[i];
            ReadOnlySpan<double> y = targets.Values.View.Row(i);
            for (int k = 0; k < outputs; k++) Means[g, k] += y[k] / groups.Sizes[g];
        }

        _deviations = new double[groups.Count < groups.Points ? groups.Points * outputs : 0];
        Scatter = new double[_deviations.Length == 0 ? 0 : groups.Count * Pairs];
        for (int i = 0; i < groups.Points && _deviations.Length > 0; i++)
        {
            int g = groups.Of[i], m = groups.Sizes[g];
            if (m == 1) continue;
            Span<double> e = _deviations.AsSpan(i * outputs, outputs);
            for (int k = 0; k < outputs; k++) e[k] = targets.Values[i, k] - Means[g, k];
            for (int k = 0, pair = g * Pairs; k < outputs; k++)
            {
                for (int l = k; l < outputs; l++) Scatter[pair++] += e[k] * e[l] / (m - 1);
            }
        }
    }

    /// <summary>Mean target of each group, G x O.</summary>
    public KernelMatrix<double> Means { get; }

    /// <summary>O.</summary>
    public int Outputs { get; }

    /// <summary>O (O+1)/2.</summary>
    public int Pairs => Outputs * (Outputs + 1) / 2;

    /// <summary>sum_i e_i e_i^T/(m-1) of each group, upper triangle row by row; empty where all points are distinct.</summary>
    public double[] Scatter { get; }

    /// <summary>e_i = y_i - mean of the group; empty where all points are distinct.</summary>
    public ReadOnlySpan<double> Deviation(int point) => _deviations.Length == 0 ? [] : _deviations.AsSpan(point * Outputs, Outputs);

    /// <summary>The trace of a group's scatter.</summary>
    public double TotalScatter(int group)
    {
        double sum = 0;
        if (Scatter.Length == 0) return sum;
        for (int k = 0, pair = group * Pairs; k < Outputs; pair += Outputs - k, k++) sum += Scatter[pair];
        return sum;
    }

    /// <inheritdoc/>
    public void Dispose() => Means.Dispose();
}
