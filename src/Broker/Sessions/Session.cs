using IoTGateway.Broker.Delivery;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Sessions;

/// <summary>
/// The live session of one client. The open messages belong to the receive path of the client's one connection; everything else is
/// guarded by the store's lock.
/// </summary>
/// <param name="clientId">The client id.</param>
/// <param name="utf8ClientId">The same in UTF-8.</param>
internal sealed class Session(string clientId, byte[] utf8ClientId)
{
    private bool _subscriptionsLost;

    /// <summary>The client id.</summary>
    public string ClientId { get; } = clientId;

    /// <summary>The client id in UTF-8.</summary>
    public byte[] Utf8ClientId { get; } = utf8ClientId;

    /// <summary>QoS 2 messages that were taken and not released, by packet identifier.</summary>
    public Dictionary<ushort, OpenMessage> Open { get; } = [];

    /// <summary>When its begin is durable; null where that needs no record, or the log already had it at the start.</summary>
    public Commit? Begun { get; set; }

    /// <summary>When the newest release is durable; null before the first.</summary>
    public Commit? LastRelease { get; set; }

    /// <summary>Its subscriptions and what it has still to be sent; null before the first.</summary>
    public Subscriber? Subscriber { get; set; }

    /// <summary>Whether it outlives its connection.</summary>
    public bool Persistent { get; set; }

    /// <summary>How long it outlives its connection, in seconds.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>Whether the log says that it subscribed.</summary>
    public bool Subscribed { get; set; }

    /// <summary>Whether its subscriptions are lost: it subscribed before the gateway restarted, or fell too far behind. It cannot be resumed.</summary>
    public bool SubscriptionsLost
    {
        get => Volatile.Read(ref _subscriptionsLost);
        set => Volatile.Write(ref _subscriptionsLost, value);
    }

    /// <summary>When its connection ended, in Unix milliseconds; null while it is connected.</summary>
    public long? DisconnectedUnixMilliseconds { get; set; }
}
