using InfiniteNtk.FiniteWidth.Cuda.Programs;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Cuda;

/// <summary>The numbers per sample that are alive at a time, by which batches are planned, counted by hand.</summary>
public sealed class DeviceProgramTests
{
    /// <summary>4 numbers, 7, 7 after an activation that keeps 2 more, 2.</summary>
    private static readonly DeviceProgram _chain = new([4, 7, 7, 2], [new Weighted(0, 1), new Plain([1], 2, kept: 2), new Weighted(2, 3)], 3);

    /// <summary>3 numbers, then 5 everywhere: x + W φ(x) at x = W′ input.</summary>
    private static readonly DeviceProgram _residual = new(
        [3, 5, 5, 5, 5], [new Weighted(0, 1), new Plain([1], 2), new Weighted(2, 3), new Plain([1, 3], 4)], 4);

    [Fact]
    public void Forward_keeps_a_register_until_its_last_reader()
    {
        Assert.Equal(7 + 7 + 2, _chain.ForwardNumbers);
        Assert.Equal(3 * 5, _residual.ForwardNumbers);
    }

    /// <summary>
    /// All values stay. Of the gradients those stay that a term of the NTK is made of; the others live until they are passed on, and a
    /// register that two steps read receives its second gradient while it holds the first.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Backward_keeps_values_and_the_gradients_of_layers_with_weights(int directions)
    {
        Assert.Equal(4 + 7 + 7 + 2 + 2 + directions * (2 + 7 + 7), _chain.BackwardNumbers(directions));
        Assert.Equal(3 + 4 * 5 + directions * (4 * 5), _residual.BackwardNumbers(directions));
    }

    /// <summary>
    /// 3 numbers, 9, 5 everywhere else. The gradient that reaches register 2 by two ways is one gradient on the way further down, where
    /// most is needed: those of 1, 2 and 3.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_gradient_that_arrives_twice_is_kept_once(int directions)
    {
        var forked = new DeviceProgram(
            [3, 9, 5, 5, 5], [new Weighted(0, 1), new Plain([1], 2), new Weighted(2, 3), new Plain([2, 3], 4)], 4);
        Assert.Equal(3 + 9 + 3 * 5 + directions * (9 + 5 + 5), forked.BackwardNumbers(directions));
    }

    [Fact]
    public void Nothing_flows_back_to_where_no_parameter_is()
    {
        var frozen = new DeviceProgram([3, 5, 2], [new Plain([0], 1), new Weighted(1, 2)], 2);
        Assert.Equal(3 + 5 + 2 + 2, frozen.BackwardNumbers(1));
    }

    private sealed class Plain(int[] inputs, int output, long kept = 0) : DeviceStep(inputs, output)
    {
        public override long Kept => kept;

        public override void Forward(DeviceRun run) => throw new NotSupportedException();

        public override void Backward(DeviceRun run) => throw new NotSupportedException();
    }

    private sealed class Weighted(int input, int output) : DeviceStep([input], output)
    {
        public override bool HasParameters => true;

        public override void Forward(DeviceRun run) => throw new NotSupportedException();

        public override void Backward(DeviceRun run) => throw new NotSupportedException();
    }
}
