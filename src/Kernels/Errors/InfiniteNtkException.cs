using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk;

/// <summary>
/// Everything this project refuses, said in four parts: what was asked, what was received, what is required, what to do. Each part
/// is at most 2000 characters, and shows control characters as escapes: what files and arguments hold can be echoed safely.
/// </summary>
public abstract class InfiniteNtkException : Exception
{
    private protected InfiniteNtkException(string asked, string received, string required, string remedy, Exception? cause = null)
        : base($"{ShownText.Line(asked)}: {ShownText.Line(received)}; {ShownText.Line(required)}. {ShownText.Lines(remedy)}", cause)
    {
        Asked = ShownText.Line(asked);
        Received = ShownText.Line(received);
        Required = ShownText.Line(required);
        Remedy = ShownText.Lines(remedy);
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
