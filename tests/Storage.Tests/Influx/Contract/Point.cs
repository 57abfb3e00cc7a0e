namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>A point as a line of the protocol gives it.</summary>
/// <param name="Series">Measurement and tags as they were written.</param>
/// <param name="Fields">The fields: numbers (<see cref="double"/>) or texts.</param>
/// <param name="Time">In the unit of the request; null where the line has none.</param>
internal sealed record Point(string Series, IReadOnlyDictionary<string, object> Fields, long? Time);
