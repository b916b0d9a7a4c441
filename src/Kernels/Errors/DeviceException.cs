namespace InfiniteNtk;

/// <summary>A device that was asked for is not there, cannot be used, or stopped answering.</summary>
public sealed class DeviceException(string asked, string received, string required, string remedy, Exception? cause = null)
    : InfiniteNtkException(asked, received, required, remedy, cause);
