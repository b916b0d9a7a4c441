namespace InfiniteNtk.Kernels.Errors;

/// <summary>
/// Everything this project refuses, said in four parts: what was asked, what was received, what is required, what to do.
/// </summary>
public abstract class InfiniteNtkException : Exception
{
    private protected InfiniteNtkException(string asked, string received, string required, string remedy, Exception? cause = null)
        : base($"{asked}: {received}; {required}. {remedy}", cause)
    {
        Asked = asked;
        Received = received;
        Required = required;
        Remedy = remedy;
    }

    /// <summary>What was attempted, as "Cannot …".</summary>
    public string Asked { get; }

    /// <summary>What was received, with its numbers.</summary>
    public string Received { get; }

    /// <summary>What would have been accepted.</summary>
    public string Required { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }
}
