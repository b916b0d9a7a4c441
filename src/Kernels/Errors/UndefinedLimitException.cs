namespace InfiniteNtk;

/// <summary>The infinite-width limit of this construction is not known; the message names the path to the layer.</summary>
public sealed class UndefinedLimitException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
