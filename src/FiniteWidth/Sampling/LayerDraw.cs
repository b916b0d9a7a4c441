using InfiniteNtk.FiniteWidth.Parameters;
using InfiniteNtk.FiniteWidth.Randomness;

namespace InfiniteNtk.FiniteWidth.Sampling;

/// <summary>What the parameters of a layer are, without drawing them: everything that they are a function of.</summary>
/// <param name="Path">Where in the network the layer stands.</param>
/// <param name="Outputs">Rows of the weight matrix, of all copies together.</param>
/// <param name="Inputs">Columns of the weight matrix.</param>
/// <param name="Weights">The stream of the weights, row by row.</param>
/// <param name="WeightStd">What they are multiplied with.</param>
/// <param name="Biases">The stream of the biases, one per row.</param>
/// <param name="BiasStd">What they are multiplied with; null: there are none.</param>
internal sealed record LayerDraw(
    string Path, int Outputs, int Inputs, RandomStream Weights, double WeightStd, RandomStream Biases, double? BiasStd)
{
    /// <summary>Weight matrices of equal size, one below the other; more than one where positions have weights of their own.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>The layer's learning rate relative to the others'.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>Draws them.</summary>
    public LayerParameters Realize(WeightLaw law)
    {
        double[] weights = GC.AllocateUninitializedArray<double>(Outputs * Inputs);
        Weights.Gaussian(0, weights);
        int size = weights.Length / Copies;
        for (int copy = 0; law == WeightLaw.Orthogonal && copy < Copies; copy++)
        {
            OrthogonalMatrix.FromGaussian(weights.AsSpan(copy * size, size), Outputs / Copies, Inputs);
        }

        Scale(weights, WeightStd);
        double[] biases = BiasStd is null ? [] : new double[Outputs];
        Biases.Gaussian(0, biases);
        Scale(biases, BiasStd ?? 0);
        return new LayerParameters(Path, weights, biases, LearningRate);
    }

    private static void Scale(double[] values, double factor)
    {
        if (factor == 1) return;
        for (int i = 0; i < values.Length; i++) values[i] *= factor;
    }
}
