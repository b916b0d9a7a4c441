namespace InfiniteNtk;

/// <summary>The computation would need more memory than it may use; the message says what would fit.</summary>
public sealed class MemoryBudgetException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
