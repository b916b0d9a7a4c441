using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Json;

/// <summary>Names in JSON: those of the signatures with a lower-case first letter.</summary>
internal static class JsonNames
{
    private static readonly Dictionary<string, Signature<Network>> _rows = LayerCatalog.All.ToDictionary(Of, StringComparer.Ordinal);

    public static IEnumerable<string> All => _rows.Keys;

    public static string Of(Signature<Network> signature) => char.ToLowerInvariant(signature.Name[0]) + signature.Name[1..];

    public static Signature<Network>? Find(string name) => _rows.GetValueOrDefault(name);
}
