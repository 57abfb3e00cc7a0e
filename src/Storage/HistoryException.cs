namespace IoTGateway.Storage;

/// <summary>What was stored cannot be read now; the message says why and what to do, and holds no patient data.</summary>
public sealed class HistoryException(string message, Exception? cause = null) : IOException(message, cause);
