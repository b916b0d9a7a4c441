using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Duals;
using Xunit;

namespace InfiniteNtk.Fuzz;

/// <summary>Damaged and hostile networks and formulas: refused with a word, or read, printed and read again as the same.</summary>
public sealed class NetworkTests
{
    private static readonly SampleShape[] _shapes = [SampleShape.Features(3), new([6, 6], 2), new([5], 2)];

    [Fact]
    public void Texts() => Oracle.Check(
        1500, 110_000_000, mutator => mutator.Text(mutator.Any(Seeds.Networks), mutator.Any(Seeds.Networks)), text => Follow(NetworkText.Parse(text)), text => text);

    [Fact]
    public void Json() => Oracle.Check(
        1200, 120_000_000, mutator => mutator.Text(mutator.Any(Seeds.Json), mutator.Any(Seeds.Json)), text => Follow(NetworkJson.Read(text)), text => text);

    [Fact]
    public void Formulas() => Oracle.Check(
        1200, 130_000_000, mutator => mutator.Text(mutator.Any(Seeds.Formulas), mutator.Any(Seeds.Formulas)),
        text =>
        {
            var formula = new Elementwise(text);
            Assert.Equal(formula, new Elementwise(formula.Expression));
            _ = formula.Value(0.3) + formula.Derivative(-0.7);
        },
        text => text);

    /// <summary>Everything that is done with a network before numbers come.</summary>
    private static void Follow(Network network)
    {
        Assert.Equal(network, NetworkText.Parse(network.ToString()));
        Assert.Equal(network, NetworkJson.Read(NetworkJson.Write(network)));
        SampleShape shape = _shapes.FirstOrDefault(shape => Cli.Arguments.ShapeArgument.Suits(network, shape), _shapes[0]);
        _ = network.Program(shape);
        _ = NetworkExplanation.Of(network, shape).ToString();
        _ = NetworkLatex.Equations(network, shape);
    }
}
