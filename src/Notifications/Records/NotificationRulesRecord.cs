using System.Buffers;
using System.Text;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Records;

/// <summary>The roster and the notification rules that come into force, as they stand in the log.</summary>
/// <remarks>Numbers little-endian:<code>
/// size
///    1  version of this form: 1
///    8  when they came into force, Unix milliseconds
///    1  how many files: 2, the roster and the notification rules; 0: from here on there are none
///       of each:
///         2+     name             (length, UTF-8)
///         4 + n  length, text in UTF-8
/// </code></remarks>
/// <param name="At">When they came into force.</param>
/// <param name="Roster">The roster; null where there are none any more.</param>
/// <param name="Notifications">The notification rules; null where there are none any more.</param>
public sealed record NotificationRulesRecord(Instant At, RuleFile? Roster, RuleFile? Notifications)
{
    private const byte Version = 1;

    /// <summary>Whether it puts the same into force.</summary>
    public bool SaysTheSame(NotificationRulesRecord? other) => other is not null && Roster?.Text == other.Roster?.Text && Notifications?.Text == other.Notifications?.Text;

    /// <summary>The body of the log record.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new BodyWriter(buffer);
        writer.WriteByte(Version);
        writer.WriteInt64(At.UnixMilliseconds);
        RuleFile[] files = Roster is null || Notifications is null ? [] : [Roster, Notifications];
        writer.WriteByte((byte)files.Length);
        foreach (var file in files)
        {
            var text = Encoding.UTF8.GetBytes(file.Text);
            writer.WriteText(file.Name);
            writer.WriteUInt32((uint)text.Length);
            writer.WriteBytes(text);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the body of a log record. Throws <see cref="InvalidDataException"/> if it is none.</summary>
    public static NotificationRulesRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var version = reader.ReadByte();
        if (version != Version)
        {
            throw new InvalidDataException($"Notification rules have version {version} of their form; this version of the gateway knows {Version}.");
        }

        var at = new Instant(reader.ReadInt64());
        return reader.ReadByte() switch
        {
            0 => new NotificationRulesRecord(at, null, null),
            2 => new NotificationRulesRecord(at, ReadFile(ref reader), ReadFile(ref reader)),
            var count => throw new InvalidDataException($"Notification rules are of {count} files; they are of two or none."),
        };
    }

    private static RuleFile ReadFile(ref BodyReader reader)
    {
        var name = reader.ReadText();
        return new RuleFile(name, Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadUInt32())));
    }
}
