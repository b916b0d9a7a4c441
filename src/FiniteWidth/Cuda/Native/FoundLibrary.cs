namespace InfiniteNtk.FiniteWidth.Cuda.Native;

/// <summary>What came of looking for a library: a handle and where it lies, or the reason why there is none.</summary>
internal readonly record struct FoundLibrary(nint Handle, string? Place, string? Reason);
