using System.Buffers;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings.Clocks;

namespace IoTGateway.Alerts;

/// <summary>The clock offsets of the log, so that each consumer reads each record with the offset that stood before it.</summary>
/// <remarks>
/// The checkpoint (format 1), little-endian:
/// <code>
/// size
///    4  how many devices, in ordinal order; of each:
///         2+  name (length, UTF-8)
///         2   how many offsets, in the order of the log; of each:
///               8  log address of the record
///               8  what has to be added to the device's clock, milliseconds
/// </code>
/// </remarks>
public sealed class ClockOffsetProjection : IProjection
{
    /// <inheritdoc/>
    public string Name => "clock-offsets";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.ClockOffset);

    /// <summary>The offsets as of the end of the log at the start. Not to be changed: take a copy.</summary>
    public ClockOffsetHistory History { get; private set; } = new();

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new ClockOffsetProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record)
    {
        var read = ClockOffsetRecord.Read(record.Body);
        History.Apply(record.Position.Address, read.Device, read.Offset);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        var devices = History.Devices.ToList();
        body.WriteUInt32((uint)devices.Count);
        foreach (var (device, changes) in devices)
        {
            body.WriteText(device);
            body.WriteUInt16((ushort)changes.Count);
            foreach (var change in changes)
            {
                body.WriteInt64(change.LogAddress);
                body.WriteInt64((long)change.Offset.TotalMilliseconds);
            }
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        History = new ClockOffsetHistory();
        var body = new BodyReader(state);
        for (var devices = body.ReadUInt32(); devices > 0; devices--)
        {
            var device = body.ReadText();
            for (var changes = body.ReadUInt16(); changes > 0; changes--)
            {
                History.Apply(body.ReadInt64(), device, TimeSpan.FromMilliseconds(body.ReadInt64()));
            }
        }
    }
}
