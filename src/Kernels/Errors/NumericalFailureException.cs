namespace InfiniteNtk;

/// <summary>The computation was well posed but its numbers failed: an overflow, a matrix that is not positive definite, …</summary>
public sealed class NumericalFailureException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
