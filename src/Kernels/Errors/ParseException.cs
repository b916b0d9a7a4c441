namespace InfiniteNtk;

/// <summary>A network's text or JSON cannot be read; the message points at the place.</summary>
public sealed class ParseException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
