namespace InfiniteNtk.Fuzz;

/// <summary>A case ended in a refusal that was judged already.</summary>
internal sealed class RefusedException : Exception;
