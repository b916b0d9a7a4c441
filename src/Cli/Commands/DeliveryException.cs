namespace InfiniteNtk.Cli.Commands;

/// <summary>A result was computed, but could not be handed over whole; the message says what is missing and where it is now.</summary>
internal sealed class DeliveryException(string message) : Exception(message);
