namespace IoTGateway.Queue.Draining;

/// <summary>A sink cannot go on, and trying again would not help; the message says what to do.</summary>
public sealed class SinkStoppedException(string message, Exception? cause = null) : Exception(message, cause);
