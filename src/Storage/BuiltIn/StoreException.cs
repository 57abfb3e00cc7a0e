namespace IoTGateway.Storage.BuiltIn;

/// <summary>The built-in store cannot go on; the message names the file and says what to do.</summary>
public sealed class StoreException(string message, Exception? cause = null) : IOException(message, cause);
