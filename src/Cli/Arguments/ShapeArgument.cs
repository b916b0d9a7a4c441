using System.Globalization;
using InfiniteNtk.Kernels.Inputs;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>The shape of one sample on the command line: extents of the positions, then channels, such as 28,28,1.</summary>
internal static class ShapeArgument
{
    /// <summary>Reads the option; null where it was not given.</summary>
    /// <exception cref="UsageException">It is not a list of positive whole numbers.</exception>
    public static SampleShape? Read(ParsedArguments arguments, string option)
    {
        if (arguments.Text(option) is not { } text) return null;
        List<int> extents = [];
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int extent) || extent < 1)
            {
                throw new UsageException($"{option} is \"{text}\", but must be whole numbers of at least 1 separated by commas, such as 28,28,1 or 784.");
            }

            extents.Add(extent);
        }

        return new SampleShape([.. extents.SkipLast(1)], extents[^1]);
    }
}
