using System.Buffers;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Alerts;

/// <summary>The newest rule sets of the log. The last is the last good one, with which a start goes on whatever the files on disk say.</summary>
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
    // Rules that have to begin anew somewhere behind the log's end need the set that was in force there.
    private const int KeptAtMost = 8;

    private readonly Queue<(long Address, RuleSetRecord Record)> _records = new();

    /// <inheritdoc/>
    public string Name => "rule-set";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.RuleSet);

    /// <summary>The last rule set as of the end of the log at the start; null if there never was one.</summary>
    public RuleSetRecord? Last => Before(new LogPosition(long.MaxValue));

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new RuleSetProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => Add(record.Position.Address, RuleSetRecord.Read(record.Body));

    /// <summary>The rule set in force before a place of the log; null if there is none among those kept.</summary>
    internal RuleSetRecord? Before(LogPosition position)
    {
        RuleSetRecord? found = null;
        foreach (var (address, record) in _records)
        {
            found = address < position.Address ? record : found;
        }

        return found;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteUInt32((uint)_records.Count);
        foreach (var (address, record) in _records)
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
        _records.Clear();
        var body = new BodyReader(state);
        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            Add(body.ReadInt64(), RuleSetRecord.Read(body.ReadBytes((int)body.ReadUInt32())));
        }
    }

    private void Add(long address, RuleSetRecord record)
    {
        _records.Enqueue((address, record));
        if (_records.Count > KeptAtMost)
        {
            _records.Dequeue();
        }
    }
}
