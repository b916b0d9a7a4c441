using System.Globalization;
using InfiniteNtk.Kernels.Execution;

namespace InfiniteNtk;

/// <summary>
/// By what factor a network enlarges the difference between samples that nearly coincide, and with it the rounding of every step on the way:
/// the product of χ = κ̇(q, q, q)·w·q/q′ over the layers, from the layer where it is largest to the output. About 1 where a network is
/// critical, below where it contracts; in a chaotic one it grows exponentially with depth.
/// </summary>
/// <remarks>
/// It depends on the program and on the variances of the samples alone; the smallest, the median and the largest variance are followed.
/// An activation with a jump, whose κ̇ is infinite, counts by its secant between correlations 1 and 1 − √ε. Samples over positions count as
/// signals that are the same at every position.
/// Source: Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli (2016), Exponential expressivity in deep neural networks, equation 5.
/// </remarks>
public sealed record RoundingGrowth
{
    private const double DoubleEpsilon = 2.220446049250313e-16, SingleEpsilon = 1.1920928955078125e-7;

    /// <summary>The factor, relative to the variance at the layer and at the output.</summary>
    public required double Factor { get; init; }

    /// <summary>How many activations the network has in a row.</summary>
    public required int Depth { get; init; }

    /// <summary>The geometric mean for one activation: the factor to the power 1/depth.</summary>
    public double PerLayer => Depth == 0 ? 1 : Math.Pow(Factor, 1.0 / Depth);

    /// <summary>The growth of a program at given variances, each the mean square of a sample's numbers.</summary>
    /// <returns>The largest; null where no variance is within the domain of every activation.</returns>
    public static RoundingGrowth? Of(KernelProgram program, params ReadOnlySpan<double> variances)
    {
        ArgumentNullException.ThrowIfNull(program);
        RoundingGrowth? largest = null;
        foreach (double variance in variances)
        {
            if (GrowthReader.Read(program, variance) is { } growth && !(growth.Factor <= largest?.Factor)) largest = growth;
        }

        return largest;
    }

    /// <summary>A sentence where rounding is enlarged beyond 1/ε, so that samples that nearly coincide have entries of noise; else null.</summary>
    /// <param name="precision">"float64" or "float32".</param>
    public string? Warning(string precision)
    {
        double epsilon = precision == "float32" ? SingleEpsilon : DoubleEpsilon;
        if (!(Factor > 1 / epsilon)) return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"chaotic: differences between nearly equal samples grow {PerLayer:0.##} times a layer, {Factor:0.#E+0} times in all, more than 1/ε = {1 / epsilon:0.#E+0} of {precision}: the entries of samples that nearly coincide are rounding errors (reduce weightStd or depth)");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"differences between nearly equal samples grow {PerLayer:0.##} times a layer, {Factor:0.##E+0} times in all");

    /// <summary>The growth on a request's samples, computed when it is first asked for.</summary>
    internal static Lazy<RoundingGrowth?> On(KernelRequest request)
    {
        List<double> variances = [.. Variances(request.Left), .. request.Right is { } right ? Variances(right) : []];
        variances.Sort();
        double[] some = variances.Count == 0 ? [] : [variances[0], variances[variances.Count / 2], variances[^1]];
        KernelProgram program = request.Program;
        return new Lazy<RoundingGrowth?>(() => Of(program, some));
    }

    private static IEnumerable<double> Variances(Samples samples)
    {
        for (nint i = 0; i < samples.Count; i++)
        {
            double sum = 0;
            foreach (double value in samples.Rows.View.Row(i)) sum += value * value;
            if (sum > 0) yield return sum / samples.Shape.Size;
        }
    }
}
