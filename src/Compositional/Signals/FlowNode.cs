using InfiniteNtk.Compositional.Networks;

namespace InfiniteNtk.Compositional.Signals;

/// <summary>One layer of a lowered network, in the order of computation.</summary>
/// <param name="Index">Its number; sources have smaller ones.</param>
/// <param name="Layer">The layer, or null for the input, which is node 0.</param>
/// <param name="Sources">The nodes it reads.</param>
/// <param name="Output">The signal it gives.</param>
/// <param name="Path">Where it stands in the network, for messages.</param>
internal sealed record FlowNode(int Index, Layer? Layer, ValueList<int> Sources, Signal Output, string Path);
