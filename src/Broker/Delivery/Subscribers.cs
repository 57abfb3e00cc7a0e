using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Sessions;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Broker.Delivery;

/// <summary>
/// Who subscribed to what, and the retained messages: hands messages to the sessions they are for, and ends whoever cannot keep up, since a
/// subscriber that loses messages without knowing it is worse than none. Safe from any thread; publishing waits for nobody.
/// </summary>
internal sealed partial class Subscribers(BrokerOptions options, SessionStore sessions, ConnectionRegistry connections, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SubscriptionTree _subscriptions = new();
    private readonly RetainedMessages _retained = new();
    private readonly OutboxBudget _budget = new(options.SubscribersBytesAtMost);
    private readonly List<Subscription> _matches = [];
    private readonly List<Match> _targets = [];
    private readonly SemaphoreSlim _readingsWanted = new(0, 1);
    private readonly Dictionary<Subscriber, int> _readers = [];
    private long _matchNumber;
    private int _readersCount;

    /// <summary>Whether anybody wants readings.</summary>
    public bool WantReadings => Volatile.Read(ref _readersCount) > 0;

    /// <summary>How many messages are retained.</summary>
    public int RetainedCount
    {
        get
        {
            lock (_lock)
            {
                return _retained.Count;
            }
        }
    }

    /// <summary>Completes once somebody wants readings.</summary>
    public async Task WaitForReadersAsync(CancellationToken cancellation)
    {
        while (!WantReadings)
        {
            await _readingsWanted.WaitAsync(cancellation);
        }
    }

    /// <summary>Whether a message may be retained; false where the store of retained messages is full and has none of that topic.</summary>
    public bool CanRetain(string topic, int sizeBytes)
    {
        lock (_lock)
        {
            return (_retained.Count < options.RetainedAtMost && _retained.SizeBytes + sizeBytes <= options.RetainedBytesAtMost)
                || _retained.Find(topic) is { } earlier && _retained.SizeBytes - earlier.SizeBytes + sizeBytes <= options.RetainedBytesAtMost;
        }
    }

    /// <summary>Hands a message to everybody who subscribed to its topic, and keeps it for later subscribers if it is retained.</summary>
    public void Publish(Message message)
    {
        List<Subscriber>? slow = null;
        lock (_lock)
        {
            if (message.Retain)
            {
                _retained.Set(message);
            }

            Match_NeedsLock(message.Topic, message.Sender, message.QualityOfService);
            foreach (var target in _targets)
            {
                if (!target.Subscriber.Outbox.TryAdd(target.Of(message)))
                {
                    (slow ??= []).Add(target.Subscriber);
                }
            }
        }

        slow?.ForEach(End);
    }

    /// <summary>Collects who gets a reading; the message is made only if anybody does.</summary>
    public void CollectReading(string topic, ReadOnlySpan<byte> sender, int qualityOfService, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> payload, List<Copy> copies)
    {
        lock (_lock)
        {
            Match_NeedsLock(topic, sender, qualityOfService);
            if (_targets.Count == 0)
            {
                return;
            }

            var message = new Message(topic, payload.ToArray(), qualityOfService, Retain: false) { Properties = ForwardedProperties.OfContentType(contentType) };
            foreach (var target in _targets)
            {
                copies.Add(new Copy(target.Subscriber, target.Of(message)));
            }
        }
    }

    /// <summary>Ends a session that cannot keep up; its client learns by session-present 0 that it has to begin anew.</summary>
    public void End(Subscriber subscriber)
    {
        var session = subscriber.Session;
        Forget(session);
        if (sessions.TryEndAway(session))
        {
            logger.SubscriberTooSlow(session.ClientId);
        }
        else if (connections.Find(session.ClientId) is { } connection && connection.IsOf(session))
        {
            connection.CloseAsTooSlow();
        }
    }

    /// <summary>Ends everybody who wants readings, where some of them could not be copied: so that they know that they missed some.</summary>
    public void EndReaders()
    {
        List<Subscriber> readers;
        lock (_lock)
        {
            readers = [.. _readers.Keys];
        }

        readers.ForEach(End);
    }

    /// <summary>Drops the subscriptions of a session that has ended, and what it has still to be sent.</summary>
    public void Forget(Session session)
    {
        if (session.Subscriber is not { } subscriber)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var (filter, subscription) in subscriber.Subscriptions)
            {
                _subscriptions.Remove(filter, subscriber);
                CountReadings_NeedsLock(subscription, -1);
            }

            subscriber.Subscriptions.Clear();
        }

        subscriber.Outbox.End();
    }

    /// <summary>Drops retained messages whose time is over.</summary>
    public void RemoveExpired(long nowUnixMilliseconds)
    {
        lock (_lock)
        {
            _retained.RemoveExpired(nowUnixMilliseconds);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readingsWanted.Dispose();

    /// <summary>Finds out who gets a message; several subscriptions of one session are one delivery, with the highest QoS (MQTT 5, 3.3.4).</summary>
    private void Match_NeedsLock(string topic, ReadOnlySpan<byte> sender, int qualityOfService)
    {
        _matches.Clear();
        _targets.Clear();
        _matchNumber++;
        _subscriptions.Match(topic, _matches);
        foreach (var subscription in _matches)
        {
            var subscriber = subscription.Subscriber;
            if (subscription.Request.NoLocal && sender.SequenceEqual(subscriber.Session.Utf8ClientId))
            {
                continue;
            }

            var wanted = (byte)Math.Min(subscription.Request.QualityOfService, qualityOfService);
            uint[]? identifiers = subscription.Identifier == 0 ? null : [subscription.Identifier];
            if (subscriber.LastMatch == _matchNumber)
            {
                var earlier = _targets[subscriber.MatchIndex];
                _targets[subscriber.MatchIndex] = new Match(
                    subscriber,
                    Math.Max(earlier.QualityOfService, wanted),
                    earlier.RetainAsPublished || subscription.Request.RetainAsPublished,
                    identifiers is null ? earlier.Identifiers : [.. earlier.Identifiers ?? [], .. identifiers]);
            }
            else
            {
                subscriber.LastMatch = _matchNumber;
                subscriber.MatchIndex = _targets.Count;
                _targets.Add(new Match(subscriber, wanted, subscription.Request.RetainAsPublished, identifiers));
            }
        }
    }

    private readonly record struct Match(Subscriber Subscriber, byte QualityOfService, bool RetainAsPublished, uint[]? Identifiers)
    {
        public OutgoingMessage Of(Message message) => new(message, QualityOfService, message.Retain && RetainAsPublished, Identifiers, FromStore: false);
    }
}
