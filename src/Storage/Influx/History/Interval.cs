using IoTGateway.Readings;

namespace IoTGateway.Storage.Influx.History;

/// <summary>What the database says of all numbers of an interval, whatever their quality.</summary>
/// <param name="Start">Its begin.</param>
/// <param name="Lowest">The lowest number.</param>
/// <param name="Highest">The highest.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Count">How many there are; at least 1.</param>
internal readonly record struct Interval(Instant Start, double Lowest, double Highest, double Sum, long Count);
