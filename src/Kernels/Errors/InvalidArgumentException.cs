namespace InfiniteNtk;

/// <summary>A parameter lies outside its domain (a negative ridge, a keep probability above 1, …).</summary>
public sealed class InvalidArgumentException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
