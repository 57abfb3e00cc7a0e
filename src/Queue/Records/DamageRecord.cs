using System.Buffers;
using IoTGateway.Queue.Damage;

namespace IoTGateway.Queue.Records;

/// <summary>Damage that was found in the log, recorded once.</summary>
/// <remarks><code>
/// offset size
///      0    8  address of the first damaged byte
///      8    8  address at which the log can be read again
///     16    8  offset of the first damaged byte in its file
///     24    8  how many records are lost; -1: unknown
///     32    2+ the segment's file name    (length, UTF-8)
///           2+ what was found, in words   (length, UTF-8)
///           4  how many rows follow; for each:  2+ topic (length, UTF-8), 8 first and 8 last missing sequence number
/// </code></remarks>
public static class DamageRecord
{
    /// <summary>At most so many rows are recorded of one damage.</summary>
    public const int RowsAtMost = 10_000;

    /// <summary>Writes the body.</summary>
    public static void Write(IBufferWriter<byte> target, LogDamage damage)
    {
        ArgumentNullException.ThrowIfNull(damage);
        var body = new BodyWriter(target);
        body.WriteInt64(damage.From.Address);
        body.WriteInt64(damage.To.Address);
        body.WriteInt64(damage.Offset);
        body.WriteInt64(damage.RecordsLost ?? -1);
        body.WriteText(damage.Segment);
        body.WriteText(damage.What);
        var rows = Math.Min(damage.Missing.Count, RowsAtMost);
        body.WriteUInt32((uint)rows);
        foreach (var missing in damage.Missing.Take(rows))
        {
            body.WriteText(missing.Topic);
            body.WriteInt64(missing.First);
            body.WriteInt64(missing.Last);
        }
    }

    /// <summary>Reads the body of a record.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static LogDamage Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        return Read(ref reader);
    }

    internal static LogDamage Read(ref BodyReader reader)
    {
        var from = new LogPosition(reader.ReadInt64());
        var to = new LogPosition(reader.ReadInt64());
        var offset = reader.ReadInt64();
        var lost = reader.ReadInt64();
        var segment = reader.ReadText();
        var what = reader.ReadText();
        var missing = new List<MissingSequences>();
        for (var rows = reader.ReadUInt32(); rows > 0; rows--)
        {
            missing.Add(new MissingSequences(reader.ReadText(), reader.ReadInt64(), reader.ReadInt64()));
        }

        return new LogDamage(segment, offset, from, to, what, lost < 0 ? null : lost, missing);
    }
}
