using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Sampling;

public sealed class DerivativeTests
{
    private const double Step = 1e-5;

    public static IEnumerable<object[]> Kinds => LayerKinds.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_forward_derivative_is_the_finite_difference(string kind)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples x = LayerKinds.Inputs(kind, 3, 1);
        ParameterSet<double> direction = network.RandomDirection(5, 0);
        using KernelMatrix<double> tangent = network.Tangent(x, direction);
        using KernelMatrix<double> above = Moved(network, Step, direction).Outputs(x);
        using KernelMatrix<double> below = Moved(network, -Step, direction).Outputs(x);
        for (int i = 0; i < tangent.Rows; i++)
        {
            for (int j = 0; j < tangent.Columns; j++) Assert.Equal((above[i, j] - below[i, j]) / (2 * Step), tangent[i, j], 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_backward_gradient_is_the_finite_difference_of_every_parameter(string kind)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples x = LayerKinds.Inputs(kind, 3, 1);
        using KernelMatrix<double> u = Random(3, network.Output.Size);
        ParameterSet<double> gradient = network.Gradient(x, u);
        for (int layer = 0; layer < gradient.Layers.Count; layer++)
        {
            CheckEach(gradient.Layers[layer].Weights, set => set.Layers[layer].Weights);
            CheckEach(gradient.Layers[layer].Biases, set => set.Layers[layer].Biases);
        }

        void CheckEach(Memory<double> got, Func<ParameterSet<double>, Memory<double>> part)
        {
            for (int i = 0; i < got.Length; i++)
            {
                ParameterSet<double> unit = network.Parameters.Zeros();
                part(unit).Span[i] = 1;
                double slope = (Score(Moved(network, Step, unit), x, u) - Score(Moved(network, -Step, unit), x, u)) / (2 * Step);
                Assert.Equal(slope, got.Span[i], 1e-7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Backward_is_the_adjoint_of_forward(string kind)
    {
        FiniteNetwork<double> network = LayerKinds.Sample(kind);
        using Samples x = LayerKinds.Inputs(kind, 4, 2);
        using KernelMatrix<double> u = Random(4, network.Output.Size);
        ParameterSet<double> v = network.RandomDirection(9, 0);
        using KernelMatrix<double> tangent = network.Tangent(x, v);
        Assert.Equal(Product(tangent, u), network.Gradient(x, u).Dot(v), 1e-11);
    }

    private static FiniteNetwork<double> Moved(FiniteNetwork<double> network, double step, ParameterSet<double> direction)
    {
        ParameterSet<double> moved = network.Parameters.Copy();
        moved.Add(step, direction);
        return network.With(moved);
    }

    private static double Score(FiniteNetwork<double> network, Samples x, KernelMatrix<double> u)
    {
        using KernelMatrix<double> outputs = network.Outputs(x);
        return Product(outputs, u);
    }

    private static double Product(KernelMatrix<double> a, KernelMatrix<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < a.Columns; j++) sum += a[i, j] * b[i, j];
        }

        return sum;
    }

    private static KernelMatrix<double> Random(int rows, int columns)
    {
        var random = new Random(4);
        var matrix = new KernelMatrix<double>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) matrix[i, j] = 2 * random.NextDouble() - 1;
        }

        return matrix;
    }
}
