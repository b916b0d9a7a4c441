namespace InfiniteNtk.Compositional.Catalog;

/// <summary>Layers that the interchange format names but this version cannot compute: refused as such, not as spelling mistakes.</summary>
internal static class LaterLayers
{
    private static readonly HashSet<string> _jsonNames =
        ["aggregate", "selfAttention", "mask", "mixPositions", "parallel", "recurrent", "equilibrium"];

    public static bool Contains(string name) => name.Length > 0 && _jsonNames.Contains(char.ToLowerInvariant(name[0]) + name[1..]);
}
