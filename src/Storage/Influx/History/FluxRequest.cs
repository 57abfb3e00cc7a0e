namespace IoTGateway.Storage.Influx.History;

/// <summary>The body of a question in Flux.</summary>
internal sealed record FluxRequest(string Query, string Type, FluxDialect Dialect);
