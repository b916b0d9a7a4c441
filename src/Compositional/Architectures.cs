using System.Globalization;

namespace InfiniteNtk;

/// <summary>
/// Published architectures as networks of <see cref="Layers"/>, at critical initialisation: weights behind a ReLU have standard deviation √2,
/// so that variances neither grow nor vanish with depth. In text and on the command line they go by the same names, or by short ones:
/// <c>myrtle5</c>, <c>wide-resnet-28</c>, <c>cntk21</c>, <c>lenet</c>.
/// </summary>
/// <example><code>
/// using static Architectures;
/// Network network = Myrtle(5);
/// </code></example>
public static partial class Architectures
{
    private static InvalidArgumentException NoSuchDepth(string name, int depth, string required) => new(
        $"Cannot make {name}", string.Create(CultureInfo.InvariantCulture, $"depth is {depth}"), required, "Choose one of these depths");
}
