using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Broker.Sessions;

/// <summary>
/// The sessions as the log tells them: which QoS 2 messages each client has published and not released, and which sessions outlive their
/// connections. Rebuilt at start, so that a message sent again after a restart is known.
/// </summary>
/// <remarks>
/// Acknowledgements of alerts are not tracked: their records name a person, not a client, and the alert ledger takes each only once anyway.
/// </remarks>
public sealed partial class SessionProjection : IProjection
{
    /// <summary>How many sessions that hold nothing any more are kept to be used again, and how many identifiers such a one may have had open.</summary>
    private const int SparesAtMost = 1_024;
    private const int SpareIdentifiersAtMost = 256;

    /// <summary>
    /// A client that releases all its messages, without a lasting session, is forgotten and begins anew with its next message, thousands of times
    /// within a segment.
    /// </summary>
    private readonly Stack<RecoveredSession> _spares = new();
    private readonly Dictionary<byte[], RecoveredSession> _sessions;
    private readonly Dictionary<byte[], RecoveredSession>.AlternateLookup<ReadOnlySpan<byte>> _byClient;

    /// <summary>Makes an empty one.</summary>
    public SessionProjection()
    {
        _sessions = new Dictionary<byte[], RecoveredSession>(Utf8Comparer.Instance);
        _byClient = _sessions.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <inheritdoc/>
    public string Name => "sessions";

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.Reading, RecordKind.DeviceStatus, RecordKind.Release, RecordKind.Session);

    /// <summary>The sessions by client id in UTF-8.</summary>
    internal IReadOnlyDictionary<byte[], RecoveredSession> Sessions => _sessions;

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new SessionProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Reading or RecordKind.DeviceStatus:
                // The two lowest bits of the first byte are the QoS: most readings end here.
                if (record.Body.Length > 0 && (record.Body[0] & 3) == 2)
                {
                    var publish = PublishRecord.Read(record.Body);
                    Of(publish.Client).Open.Add(publish.PacketIdentifier);
                }

                break;
            case RecordKind.Release:
                var release = ReleaseRecord.Read(record.Body);
                if (_byClient.TryGetValue(release.Client, out var releasing) && releasing.Open.Remove(release.PacketIdentifier) && releasing.IsEmpty)
                {
                    _byClient.Remove(release.Client);
                    KeepSpare(releasing);
                }

                break;
            case RecordKind.Session:
                Apply(SessionRecord.Read(record.Body), record.TimeUnixMilliseconds);
                break;
        }
    }

    private void Apply(SessionRecord change, long time)
    {
        switch (change.Event)
        {
            case SessionEvent.Opened:
                var session = Of(change.Client);
                session.Open.Clear();
                session.Persistent = true;
                session.Subscribed = false;
                session.ExpirySeconds = change.ExpirySeconds;
                session.DisconnectedUnixMilliseconds = null;
                break;
            case SessionEvent.Subscribed:
                if (_byClient.TryGetValue(change.Client, out var subscribing))
                {
                    subscribing.Subscribed = true;
                }

                break;
            case SessionEvent.Disconnected:
                if (_byClient.TryGetValue(change.Client, out var leaving))
                {
                    leaving.ExpirySeconds = change.ExpirySeconds;
                    leaving.DisconnectedUnixMilliseconds = time;
                }

                break;
            case SessionEvent.Ended:
                _byClient.Remove(change.Client);
                break;
            default:
                throw new InvalidDataException($"A session record has the event {(byte)change.Event}, which this version does not know.");
        }
    }

    private RecoveredSession Of(ReadOnlySpan<byte> client)
    {
        if (!_byClient.TryGetValue(client, out var session))
        {
            session = _spares.TryPop(out var spare) ? spare : new RecoveredSession();
            _byClient[client] = session;
        }

        return session;
    }

    private void KeepSpare(RecoveredSession session)
    {
        if (_spares.Count < SparesAtMost && session.Open.Capacity <= SpareIdentifiersAtMost)
        {
            session.Forget();
            _spares.Push(session);
        }
    }
}
