using System.Buffers;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts;

/// <summary>Every census of the log, so that each consumer can begin with what stood before its place: <c>History.Before(position)</c>.</summary>
/// <remarks>
/// The checkpoint (format 1), little-endian:
/// <code>
/// size
///    4  how many, oldest first; of each:
///         8      log address of the record
///         4 + n  length, body of the record (CensusRecord)
/// </code>
/// </remarks>
public sealed class CensusProjection : IProjection
{
    /// <inheritdoc/>
    public string Name => "census";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.Census);

    /// <summary>Who was where, as of the end of the log at the start. Not to be changed: take a copy by <see cref="CensusHistory.Before"/>.</summary>
    public CensusHistory History { get; private set; } = new();

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new CensusProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => Apply(record.Position.Address, record.Body);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteUInt32((uint)History.Changes.Count);
        foreach (var change in History.Changes)
        {
            var record = new CensusRecord(change.From, change.Census) { Note = change.Note }.Write();
            body.WriteInt64(change.LogAddress);
            body.WriteUInt32((uint)record.Length);
            body.WriteBytes(record);
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        History = new CensusHistory();
        var body = new BodyReader(state);
        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            Apply(body.ReadInt64(), body.ReadBytes((int)body.ReadUInt32()));
        }
    }

    private void Apply(long address, ReadOnlySpan<byte> body)
    {
        var record = CensusRecord.Read(body);
        History.Apply(address, record.From, record.Census, record.Note);
    }
}
