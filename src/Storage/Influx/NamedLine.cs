namespace IoTGateway.Storage.Influx;

/// <summary>A line that InfluxDB 3 names as refused.</summary>
/// <param name="Number">Which line of the request, from 1 on.</param>
/// <param name="Text">Its beginning, as the server quotes it; empty where it does not.</param>
/// <param name="Reason">Why it is refused, in the server's words.</param>
internal readonly record struct NamedLine(int Number, string Text, string Reason);
