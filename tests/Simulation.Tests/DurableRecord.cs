using IoTGateway.Queue;

namespace IoTGateway.Simulation.Tests;

/// <summary>A record as it was read from the log; from then on it may never change or go.</summary>
internal sealed record DurableRecord(LogPosition Position, RecordKind Kind, string? Topic, long Sequence, long Time, byte[] Body)
{
    public static DurableRecord From(in LogRecord record) =>
        new(record.Position, record.Kind, record.Topic?.Name, record.Sequence, record.TimeUnixMilliseconds, record.Body.ToArray());

    public bool IsSameAs(DurableRecord other) => this with { Body = other.Body } == other && Body.AsSpan().SequenceEqual(other.Body);

    public override string ToString() => $"{Kind} {Topic}#{Sequence} at {Position} ({Body.Length} bytes)";
}
