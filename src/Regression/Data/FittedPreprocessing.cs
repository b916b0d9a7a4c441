namespace InfiniteNtk;

/// <summary>A preprocessing with the numbers that it learned from a population.</summary>
public sealed class FittedPreprocessing
{
    private readonly SampleShape _shape;
    private readonly Action<KernelMatrix<double>> _transform;

    internal FittedPreprocessing(string description, SampleShape shape, Action<KernelMatrix<double>> transform)
    {
        Description = description;
        _shape = shape;
        _transform = transform;
    }

    /// <summary>What is done, in words with its numbers: "global mean 4.884, population std 6.017".</summary>
    public string Description { get; }

    /// <summary>The samples transformed; the given ones stay as they are.</summary>
    /// <exception cref="ShapeMismatchException">Their shape is not the population's.</exception>
    public Samples Apply(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Shape != _shape)
        {
            throw new ShapeMismatchException(
                "Cannot preprocess samples", $"they have {samples.Shape}", $"it was fitted to {_shape}", "Pass samples of the same shape");
        }

        KernelMatrix<double> rows = samples.Rows.Copy();
        try
        {
            _transform(rows);
            return new Samples(rows, _shape);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }
}
