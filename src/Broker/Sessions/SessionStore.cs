using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Broker.Sessions;

/// <summary>
/// The live sessions. Each change that must outlive the process is appended to the log under the same lock as it is made, so that the log
/// tells the changes of one client in the order in which they happened.
/// </summary>
internal sealed class SessionStore
{
    private readonly DurableLog _log;
    private readonly TimeProvider _clock;
    private readonly int _sessionsAtMost;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Takes over what was recovered.</summary>
    /// <param name="log">Where changes are kept.</param>
    /// <param name="recovered">The sessions at the end of the log.</param>
    /// <param name="clock">Tells when sessions expire.</param>
    /// <param name="sessionsAtMost">How many sessions there may be.</param>
    public SessionStore(DurableLog log, SessionProjection recovered, TimeProvider clock, int sessionsAtMost)
    {
        _log = log;
        _clock = clock;
        _sessionsAtMost = sessionsAtMost;
        var now = Instant.Now(clock).UnixMilliseconds;
        foreach (var (client, state) in recovered.Sessions)
        {
            var session = new Session(Encoding.UTF8.GetString(client), client)
            {
                Persistent = state.Persistent,
                ExpirySeconds = state.ExpirySeconds,
                Subscribed = state.Subscribed,
                SubscriptionsLost = state.Subscribed,

                // Who was connected when the gateway ended is disconnected since then; the log does not know when that was.
                DisconnectedUnixMilliseconds = state.DisconnectedUnixMilliseconds ?? now,
            };
            foreach (var identifier in state.Open)
            {
                session.Open[identifier] = new OpenMessage(null, Logged: true);
            }

            _sessions[session.ClientId] = session;
        }
    }

    /// <summary>How many sessions are known.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>
    /// Begins or resumes the session of a client that connects. Its earlier connection must have ended. Where something has to be durable
    /// before the client may be told, the commit says when.
    /// </summary>
    /// <param name="clientId">The client id.</param>
    /// <param name="clean">Clean session or clean start: nothing earlier is resumed.</param>
    /// <param name="expirySeconds">How long the session outlives the connection; 0 for not at all.</param>
    public SessionBegin TryBegin(string clientId, bool clean, uint expirySeconds)
    {
        lock (_lock)
        {
            _sessions.TryGetValue(clientId, out var existing);
            if (existing is not null && !clean && existing is { Persistent: true, SubscriptionsLost: false } && !HasExpired(existing))
            {
                existing.ExpirySeconds = expirySeconds;
                existing.DisconnectedUnixMilliseconds = null;

                // If its client lost the connection before it was told, the begin may still be on its way.
                return new SessionBegin(AppendResult.Appended, existing, Present: true, null, existing.Begun is { IsDurable: true } ? null : existing.Begun);
            }

            if (existing is null && _sessions.Count >= _sessionsAtMost)
            {
                return new SessionBegin(AppendResult.TooManyTopics, null, Present: false, null, null);
            }

            var session = new Session(clientId, existing?.Utf8ClientId ?? Encoding.UTF8.GetBytes(clientId))
            {
                Persistent = expirySeconds > 0,
                ExpirySeconds = expirySeconds,
            };
            Commit? commit = null;
            if (session.Persistent || existing is not null)
            {
                var result = TryAppend(session, session.Persistent ? SessionEvent.Opened : SessionEvent.Ended, out commit);
                if (result != AppendResult.Appended)
                {
                    return new SessionBegin(result, null, Present: false, null, null);
                }
            }

            session.Begun = commit;
            _sessions[clientId] = session;
            return new SessionBegin(AppendResult.Appended, session, Present: false, existing, commit);
        }
    }

    /// <summary>Notes that a session subscribes for the first time; nothing is appended for one that ends with its connection.</summary>
    public AppendResult TrySubscribe(Session session, out Commit? commit)
    {
        lock (_lock)
        {
            commit = null;
            if (!session.Persistent || session.Subscribed || !IsCurrent(session))
            {
                return AppendResult.Appended;
            }

            var result = TryAppend(session, SessionEvent.Subscribed, out commit);
            session.Subscribed = result == AppendResult.Appended;
            return result;
        }
    }

    /// <summary>
    /// The connection of a session has ended: its expiry runs from here, or it ends. Nothing is appended for a session of which the log
    /// knows nothing.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="expirySeconds">How long it is kept from now on; 0 ends it.</param>
    public AppendResult TryDisconnect(Session session, uint expirySeconds)
    {
        lock (_lock)
        {
            if (!IsCurrent(session))
            {
                return AppendResult.Appended;
            }

            var result = AppendResult.Appended;
            if (session.Persistent && expirySeconds > 0)
            {
                session.ExpirySeconds = expirySeconds;
                session.DisconnectedUnixMilliseconds = Instant.Now(_clock).UnixMilliseconds;
                return TryAppend(session, SessionEvent.Disconnected, out _);
            }

            if (session.Persistent || session.Open.Values.Any(open => open.Logged))
            {
                result = TryAppend(session, SessionEvent.Ended, out _);
            }

            if (result == AppendResult.Appended)
            {
                _sessions.Remove(session.ClientId);
            }

            return result;
        }
    }

    /// <summary>
    /// Ends a session that is not connected, because its client is too far behind; false where it has ended or is connected. Where the log
    /// has no room for that, the session stays known but cannot be resumed.
    /// </summary>
    public bool TryEndAway(Session session)
    {
        lock (_lock)
        {
            session.SubscriptionsLost = true;
            return IsCurrent(session) && session.DisconnectedUnixMilliseconds is not null && TryEnd_NeedsLock(session);
        }
    }

    /// <summary>
    /// Ends the sessions that have expired, and at start those that ended with a connection the gateway did not see end. Where the log has
    /// no room the rest is left for the next time.
    /// </summary>
    /// <returns>The ended sessions.</returns>
    public IReadOnlyList<Session> EndExpired()
    {
        lock (_lock)
        {
            var expired = _sessions.Values.Where(HasExpired).ToList();
            return [.. expired.TakeWhile(TryEnd_NeedsLock)];
        }
    }

    private bool TryEnd_NeedsLock(Session session)
    {
        if (TryAppend(session, SessionEvent.Ended, out _) != AppendResult.Appended)
        {
            return false;
        }

        _sessions.Remove(session.ClientId);
        return true;
    }

    private bool IsCurrent(Session session) => _sessions.TryGetValue(session.ClientId, out var current) && ReferenceEquals(current, session);

    private bool HasExpired(Session session) =>
        session.DisconnectedUnixMilliseconds is { } since
        && (!session.Persistent
            || (session.ExpirySeconds != SessionRecord.NeverExpires
                && Instant.Now(_clock).UnixMilliseconds - since >= session.ExpirySeconds * 1000L));

    private AppendResult TryAppend(Session session, SessionEvent what, out Commit? commit)
    {
        Span<byte> head = stackalloc byte[SessionRecord.HeadSizeBytes];
        SessionRecord.WriteHead(head, what, session.ExpirySeconds);
        return _log.TryAppend(RecordKind.Session, default, head, session.Utf8ClientId, out commit);
    }
}
