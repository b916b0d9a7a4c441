namespace InfiniteNtk;

/// <summary>Whether a backend can be used here, and which it is; or why not.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="IsAvailable">Whether <see cref="LinearAlgebraBackends.Open"/> will return it.</param>
/// <param name="Description">Library, version, core type and threads; or the reason why it is absent.</param>
public sealed record BackendStatus(LinearAlgebraBackend Backend, bool IsAvailable, string Description);
