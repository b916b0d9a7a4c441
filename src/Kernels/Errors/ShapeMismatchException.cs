namespace InfiniteNtk;

/// <summary>Two sizes that have to agree do not.</summary>
public sealed class ShapeMismatchException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
