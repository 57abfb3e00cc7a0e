namespace IoTGateway.Storage.Influx.History;

/// <summary>How the answer is to be written.</summary>
internal sealed record FluxDialect(bool Header, string Delimiter, string[] Annotations);
