namespace InfiniteNtk;

/// <summary>The input holds NaN or an infinity; the message names the first row and column.</summary>
public sealed class NonFiniteInputException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
