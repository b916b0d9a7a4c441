namespace InfiniteNtk.Tests.Support;

/// <summary>A random network with samples that it takes.</summary>
/// <param name="Network">A legal network whose output has channels only.</param>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Left">Samples, one a row; every position's mean square lies in [0.3, 3].</param>
/// <param name="Right">Further samples.</param>
public sealed record NetworkCase(Network Network, SampleShape Shape, double[,] Left, double[,] Right)
{
    /// <summary>The left samples.</summary>
    public Samples LeftSamples => Of(Left);

    /// <summary>The right samples.</summary>
    public Samples RightSamples => Of(Right);

    /// <summary>Rows as samples of this shape.</summary>
    public Samples Of(double[,] rows) => new(KernelMatrix<double>.From(rows), Shape);

    /// <inheritdoc/>
    public override string ToString() => $"{Network}\non {Left.GetLength(0)} and {Right.GetLength(0)} samples of {Shape}";
}
