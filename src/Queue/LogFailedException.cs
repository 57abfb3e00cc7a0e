namespace IoTGateway.Queue;

/// <summary>
/// The log has stopped: a write or flush failed. Nothing is acknowledged any more, and only a restart, which reads what really is on
/// disk, can go on; a failed flush is never tried again, since the kernel may have dropped the data.
/// </summary>
public sealed class LogFailedException(string message, Exception? cause) : IOException(message, cause);
