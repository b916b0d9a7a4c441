using System.Globalization;
using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>The shape of one sample on the command line: extents of the positions, then channels, such as 28,28,1.</summary>
internal static class ShapeArgument
{
    private const string Option = "--shape";
    private const int MostAxes = 32;

    /// <summary>Reads the shape of a network's samples; null where it was not given.</summary>
    /// <exception cref="UsageException">It is not a list of at most 32 positive whole numbers.</exception>
    /// <exception cref="ShapeMismatchException">The network takes the shape only with channels behind it, which were forgotten.</exception>
    public static SampleShape? Read(ParsedArguments arguments, Network network)
    {
        if (arguments.Text(Option) is not { } text) return null;
        int[] extents = [.. text.Split(',').Select(part => Extent(part, text))];
        if (extents.Length > MostAxes) throw new UsageException($"{Option} has {extents.Length} numbers, but at most {MostAxes} are possible.");
        var shape = new SampleShape([.. extents[..^1]], extents[^1]);
        if (Mismatch(network, shape) is not { } mismatch || !Suits(network, new SampleShape([.. extents], 1))) return shape;
        throw new ShapeMismatchException(
            mismatch.Asked, mismatch.Received, mismatch.Required, $"{Option} {text} is {shape}; if they have one channel, write {Option} {text},1");
    }

    /// <summary>Whether a network's layers fit samples of a shape, be its limit known or not: that is told later, with its reason.</summary>
    public static bool Suits(Network network, SampleShape shape) => Mismatch(network, shape) is null;

    private static ShapeMismatchException? Mismatch(Network network, SampleShape shape)
    {
        try
        {
            _ = SignalFlow.Of(network, shape);
            return null;
        }
        catch (ShapeMismatchException mismatch)
        {
            return mismatch;
        }
        catch (UndefinedLimitException)
        {
            return null;
        }
    }

    private static int Extent(string part, string text) =>
        int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int extent) && extent >= 1
            ? extent
            : throw new UsageException($"{Option} is \"{text}\", but must be whole numbers of at least 1 separated by commas, such as 28,28,1 or 784.");
}
