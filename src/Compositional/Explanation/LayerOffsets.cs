using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Compositional.Explanation;

/// <summary>Which offsets Δ = s' − s are computed of the covariance behind one layer.</summary>
/// <param name="Number">The layer's number; 0 is the input.</param>
/// <param name="Layer">Its text.</param>
/// <param name="Cross">Of a pair (x, x').</param>
/// <param name="CrossReason">Which later layer reads them.</param>
/// <param name="Self">Of a sample with itself, beside the pairs; null: nothing.</param>
/// <param name="SelfReason">Which later layer reads those.</param>
internal sealed record LayerOffsets(int Number, string Layer, OffsetSet Cross, string CrossReason, OffsetSet? Self, string SelfReason);
