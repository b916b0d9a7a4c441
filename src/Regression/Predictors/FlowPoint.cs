namespace InfiniteNtk;

/// <summary>One moment of a training in continuous time.</summary>
/// <param name="Time">t.</param>
/// <param name="Loss">The loss on the training points.</param>
/// <param name="Train">f on the training points, points × outputs.</param>
/// <param name="Test">f on other points; null where none were given.</param>
public sealed record FlowPoint(double Time, double Loss, KernelMatrix<double> Train, KernelMatrix<double>? Test) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test?.Dispose();
    }
}
