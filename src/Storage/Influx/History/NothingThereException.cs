namespace IoTGateway.Storage.Influx.History;

/// <summary>The server says that what is asked for was never written.</summary>
internal sealed class NothingThereException : Exception;
