
namespace InfiniteNtk;

/// <summary>One of the libraries that a device needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFound">Whether it is there and can be used.</param>
/// <param name="Description">Version and place, or why it is not there.</param>
public sealed record CudaPart(string Name, bool IsFound, string Description);
