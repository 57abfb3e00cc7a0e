namespace IoTGateway.Storage.Influx.History;

/// <summary>The body of a question in SQL.</summary>
internal sealed record SqlRequest(string Db, string Q, string Format);
