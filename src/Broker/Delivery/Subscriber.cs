using IoTGateway.Broker.Sessions;

namespace IoTGateway.Broker.Delivery;

/// <summary>A session that has subscribed: its subscriptions and what it has still to be sent.</summary>
/// <param name="session">The session.</param>
/// <param name="outbox">What it has still to be sent.</param>
internal sealed class Subscriber(Session session, Outbox outbox)
{
    /// <summary>The session.</summary>
    public Session Session { get; } = session;

    /// <summary>What it has still to be sent.</summary>
    public Outbox Outbox { get; } = outbox;

    /// <summary>Its subscriptions by filter. Guarded by the lock of the subscribers.</summary>
    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Which message it matched last, so that overlapping subscriptions are one delivery. Guarded by the lock of the subscribers.</summary>
    public long LastMatch { get; set; }

    /// <summary>Its place among the deliveries of that message. Guarded by the lock of the subscribers.</summary>
    public int MatchIndex { get; set; }
}
