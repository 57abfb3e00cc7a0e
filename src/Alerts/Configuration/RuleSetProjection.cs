using System.Buffers;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Alerts;

/// <summary>The newest steps of rule sets of the log. The last one in force is the last good one, with which a start goes on whatever the files on disk say.</summary>
/// <remarks>
/// The checkpoint (format 1), little-endian:
/// <code>
/// size
///    4  how many, oldest first; of each:
///         8      log address of the record
///         4 + n  length, body of the record (RuleSetRecord)
/// </code>
/// </remarks>
public sealed class RuleSetProjection : IProjection
{
    /// <inheritdoc/>
    public string Name => "rule-set";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.RuleSet);

    /// <summary>The steps as of the end of the log at the start. Not to be changed: take a copy.</summary>
    public RuleSetHistory History { get; private set; } = new();

    /// <summary>The last rule set in force as of the end of the log at the start; null if there never was one.</summary>
    public RuleSetRecord? Last => History.Last;

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new RuleSetProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => History.Add(record.Position.Address, RuleSetRecord.Read(record.Body));

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteUInt32((uint)History.Records.Count);
        foreach (var (address, record) in History.Records)
        {
            var written = record.Write();
            body.WriteInt64(address);
            body.WriteUInt32((uint)written.Length);
            body.WriteBytes(written);
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        History = new RuleSetHistory();
        var body = new BodyReader(state);
        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            History.Add(body.ReadInt64(), RuleSetRecord.Read(body.ReadBytes((int)body.ReadUInt32())));
        }
    }
}
