namespace InfiniteNtk;

/// <summary>A file cannot be read as what it claims to be, or cannot be written.</summary>
public sealed class InvalidFileException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
