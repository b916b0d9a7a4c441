namespace InfiniteNtk.Compositional.Networks;

/// <summary>What filters and pooling windows may be, whatever they slide over.</summary>
internal static class WindowArguments
{
    public static ValueList<int> Extents(Layer layer, string name, ValueList<int> extents)
    {
        bool fits = extents.Count > 0 && extents.All(extent => extent >= 1) && extents.Aggregate(1.0, (product, extent) => product * extent) <= int.MaxValue;
        return fits ? extents : throw new InvalidArgumentException(
            $"Cannot make {layer.GetType().Name}", $"{name} is {extents}",
            $"there is an extent of at least 1 for each axis of positions, {int.MaxValue} taps at most",
            $"Write {layer.GetType().Name}(3, 3) for images, {layer.GetType().Name}(3) for sequences");
    }

    public static ValueList<int> Strides(Layer layer, ValueList<int> strides, ValueList<int> window) =>
        strides.Count == window.Count && strides.All(stride => stride >= 1)
            ? strides
            : throw new InvalidArgumentException(
                $"Cannot make {layer.GetType().Name}", $"strides are {strides} beside {window}", "there is a stride of at least 1 for each axis",
                "Give one stride an axis, or omit strides");
}
