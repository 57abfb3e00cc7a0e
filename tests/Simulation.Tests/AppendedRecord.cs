using IoTGateway.Queue;

namespace IoTGateway.Simulation.Tests;

/// <summary>A record as somebody appended it.</summary>
internal sealed class AppendedRecord(RecordKind kind, string? topic, byte[] body, Commit commit, int batch)
{
    public RecordKind Kind { get; } = kind;

    public string? Topic { get; } = topic;

    public byte[] Body { get; } = body;

    public Commit Commit { get; } = commit;

    /// <summary>Records of the same number were appended as one batch; 0 for a single record.</summary>
    public int Batch { get; } = batch;

    /// <summary>Whether somebody was told that it is durable.</summary>
    public bool Acknowledged { get; set; }

    public override string ToString() => $"{Kind} {Topic} ({Body.Length} bytes)";
}
