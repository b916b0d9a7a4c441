using InfiniteNtk.FiniteWidth.Sampling;

namespace InfiniteNtk;

/// <summary>
/// How wide to make a network. Every dense layer of the result has a width, so a kernel and a finite network can be made from the
/// same description.
/// </summary>
/// <remarks>
/// Layers without a width get <see cref="Hidden"/>. Widths that the description gives count in proportion: the largest becomes
/// <see cref="Hidden"/>, so that branches of 1 : 3 stay 1 : 3. Layers whose output is the network's own (no dense layer after them)
/// get <see cref="Outputs"/> in the same way. To set the width of each layer, write it in the description and sample that.
/// </remarks>
public sealed record Widths
{
    /// <summary>One hidden width, and a number of outputs.</summary>
    /// <exception cref="InvalidArgumentException">A number is below 1.</exception>
    public Widths(int hidden, int outputs = 1)
    {
        Hidden = Positive(hidden, "the hidden width");
        Outputs = Positive(outputs, "the number of outputs");
    }

    /// <summary>Channels of hidden layers.</summary>
    public int Hidden { get; }

    /// <summary>Channels of the network's output.</summary>
    public int Outputs { get; }

    /// <summary>The network with these widths written into it.</summary>
    public Network ApplyTo(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var given = new WidthAssignment(width => width, width => width);
        _ = network.Accept(given);
        return network.Accept(new WidthAssignment(
            Proportional(Hidden, given.LargestHidden), Proportional(Outputs, given.LargestOutput))).Network;
    }

    private static Func<int?, int?> Proportional(int width, int? largest) => own =>
        own is null || largest is null ? width : Math.Max(1, (int)Math.Round((double)width * own.Value / largest.Value));

    private static int Positive(int value, string name) => value > 0 ? value : throw new InvalidArgumentException(
        "Cannot choose widths", $"{name} is {value}", "both must be at least 1", "Pass a positive number");
}
