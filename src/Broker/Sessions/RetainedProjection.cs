using System.Buffers;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Broker.Sessions;

/// <summary>
/// The retained states of devices (<c>devices/{device}/status</c>) as the log tells them, so that whoever subscribes after a restart still
/// learns them. The retained messages of alerts are not here: the alert ledger is their truth and restores them.
/// </summary>
/// <remarks>The checkpoint, version 1, little-endian:<code>
/// size
///    4  number of messages, then for each of them
///           2+ topic                                  (length, UTF-8)
///           1  QoS, 0 to 2
///           4  length of the payload
///           .  payload
/// </code></remarks>
public sealed class RetainedProjection : IProjection
{
    private readonly Dictionary<string, RetainedMessage> _messages = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "retained";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.DeviceStatus);

    /// <summary>The retained messages by topic.</summary>
    internal IReadOnlyDictionary<string, RetainedMessage> Messages => _messages;

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new RetainedProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record)
    {
        var publish = PublishRecord.Read(record.Body);
        if (!publish.Retain || record.Topic is null)
        {
            return;
        }

        // An empty payload removes the retained message (MQTT 5, 3.3.1.3).
        if (publish.Payload.IsEmpty)
        {
            _messages.Remove(record.Topic.Name);
        }
        else
        {
            _messages[record.Topic.Name] = new RetainedMessage(publish.QualityOfService, publish.Payload.ToArray());
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteUInt32((uint)_messages.Count);
        foreach (var (topic, message) in _messages)
        {
            body.WriteText(topic);
            body.WriteByte((byte)message.QualityOfService);
            body.WriteUInt32((uint)message.Payload.Length);
            body.WriteBytes(message.Payload);
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        _messages.Clear();
        var body = new BodyReader(state);
        for (var remaining = body.ReadUInt32(); remaining > 0; remaining--)
        {
            var topic = body.ReadText();
            var qualityOfService = body.ReadByte();
            _messages[topic] = new RetainedMessage(qualityOfService, body.ReadBytes((int)body.ReadUInt32()).ToArray());
        }

        if (body.Remaining > 0)
        {
            throw new InvalidDataException($"The checkpoint of the retained messages has {body.Remaining} bytes behind its end.");
        }
    }
}
