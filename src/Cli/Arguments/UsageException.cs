using InfiniteNtk.Kernels.Errors;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>The command line asks for something that the tool does not do; the message says what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(ShownText.Lines(message));
