using System.Globalization;

namespace InfiniteNtk.Compositional.Text;

/// <summary>Numbers as legal C# that reads back to the same bits.</summary>
internal static class NumberText
{
    public static string Print(double value) =>
        value == Layers.Sqrt2 ? nameof(Layers.Sqrt2) : value.ToString("R", CultureInfo.InvariantCulture);
}
