namespace InfiniteNtk;

/// <summary>What a random training set is expected to do at each of a set of points: the points themselves unseen.</summary>
public sealed class PointResolvedErrors
{
    private readonly double[] _meanPrediction;
    private readonly double[] _bias;
    private readonly double[] _variance;
    private readonly double[] _accuracies;
    private readonly int _outputs;

    internal PointResolvedErrors(double[] meanPrediction, double[] bias, double[] variance, double[] accuracies)
    {
        _meanPrediction = meanPrediction;
        _bias = bias;
        _variance = variance;
        _accuracies = accuracies;
        _outputs = meanPrediction.Length / Math.Max(bias.Length, 1);
        for (int i = 0; i < bias.Length; i++) Mean += (bias[i] + variance[i]) / bias.Length;
        Accuracy = accuracies.Length == 0 ? null : accuracies.Average();
    }

    /// <summary>Mean over points of E|f - y|^2, summed over outputs.</summary>
    public double Mean { get; }

    /// <summary>Mean probability that the point's class has the largest output; null for regression.</summary>
    public double? Accuracy { get; }

    /// <summary>|fbar_i - y_i|^2 per point.</summary>
    public ReadOnlySpan<double> Bias => _bias;

    /// <summary>Variance of the prediction over training sets per point, summed over outputs; the error is bias + variance.</summary>
    public ReadOnlySpan<double> Variance => _variance;

    /// <summary>Probability of the right class per point; empty for regression.</summary>
    public ReadOnlySpan<double> Accuracies => _accuracies;

    /// <summary>fbar of one point, one number an output.</summary>
    public ReadOnlySpan<double> MeanPrediction(int point) => _meanPrediction.AsSpan(point * _outputs, _outputs);

    /// <summary>E|f_i - y_i|^2 of one point.</summary>
    public double At(int point) => _bias[point] + _variance[point];
}
