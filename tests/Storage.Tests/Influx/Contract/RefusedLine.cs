namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>A line that is not stored.</summary>
internal sealed record RefusedLine(int Number, string Text, string Why, bool IsSyntax);
