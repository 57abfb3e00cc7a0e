using System.Collections.Immutable;

namespace IoTGateway.Storage.Influx;

/// <summary>What a server says of a write that it did not take whole.</summary>
/// <param name="Words">Its own words; null where its answer is of no form that is known, as that of a proxy.</param>
/// <param name="Lines">The lines that it names as refused (InfluxDB 3); empty where it names none.</param>
internal readonly record struct ServerError(string? Words, ImmutableArray<NamedLine> Lines)
{
    /// <summary>An answer without a word.</summary>
    public static ServerError None { get; } = new(null, []);
}
