using System.Buffers;
using IoTGateway.Queue.Records;

namespace IoTGateway.Broker.Sessions;

/// <content>The checkpoint of the sessions, version 1, little-endian.</content>
/// <remarks><code>
/// size
///    4  number of sessions, then for each of them
///           2+ client id                              (length, UTF-8)
///           1  bit 0 persistent, bit 1 subscribed, bit 2 a time of disconnection follows
///           4  session expiry interval in seconds; 0xFFFFFFFF: never
///           8  time of disconnection, Unix milliseconds      only with bit 2
///           4  number of open QoS 2 messages, then for each of them
///                  2  packet identifier
/// </code>
/// Length, checksum and version stand around it in the checkpoint's file.
/// </remarks>
public sealed partial class SessionProjection
{
    private const byte PersistentBit = 1 << 0;
    private const byte SubscribedBit = 1 << 1;
    private const byte DisconnectedBit = 1 << 2;

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteUInt32((uint)_sessions.Count);
        foreach (var (client, session) in _sessions)
        {
            body.WriteUInt16((ushort)client.Length);
            body.WriteBytes(client);
            body.WriteByte((byte)(
                (session.Persistent ? PersistentBit : 0)
                | (session.Subscribed ? SubscribedBit : 0)
                | (session.DisconnectedUnixMilliseconds is null ? 0 : DisconnectedBit)));
            body.WriteUInt32(session.ExpirySeconds);
            if (session.DisconnectedUnixMilliseconds is { } time)
            {
                body.WriteInt64(time);
            }

            body.WriteUInt32((uint)session.Open.Count);
            foreach (var identifier in session.Open)
            {
                body.WriteUInt16(identifier);
            }
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        _sessions.Clear();
        var body = new BodyReader(state);
        for (var remaining = body.ReadUInt32(); remaining > 0; remaining--)
        {
            var session = Of(body.ReadBytes(body.ReadUInt16()));
            var flags = body.ReadByte();
            session.Persistent = (flags & PersistentBit) != 0;
            session.Subscribed = (flags & SubscribedBit) != 0;
            session.ExpirySeconds = body.ReadUInt32();
            session.DisconnectedUnixMilliseconds = (flags & DisconnectedBit) != 0 ? body.ReadInt64() : null;
            for (var open = body.ReadUInt32(); open > 0; open--)
            {
                session.Open.Add(body.ReadUInt16());
            }
        }

        if (body.Remaining > 0)
        {
            throw new InvalidDataException($"The checkpoint of the sessions has {body.Remaining} bytes behind its end.");
        }
    }
}
