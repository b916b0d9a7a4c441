using System.Collections;

namespace InfiniteNtk.Compositional.Catalog;

/// <summary>Equality of parameter values, arrays by their elements.</summary>
internal static class ParameterValue
{
    public static bool AreEqual(object? left, object? right) => left is Array
        ? StructuralComparisons.StructuralEqualityComparer.Equals(left, right)
        : Equals(left, right);
}
