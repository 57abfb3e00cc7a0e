using IoTGateway.Queue.Records;

namespace IoTGateway.Broker.Sessions;

/// <summary>What the log knows about the session of one client.</summary>
internal sealed class RecoveredSession
{
    /// <summary>Packet identifiers of QoS 2 messages that are in the log and not yet released.</summary>
    public HashSet<ushort> Open { get; } = [];

    /// <summary>Whether the session outlives its connection.</summary>
    public bool Persistent { get; set; }

    /// <summary>Whether it ever subscribed. Subscriptions do not survive a restart.</summary>
    public bool Subscribed { get; set; }

    /// <summary>How long it outlives its connection, in seconds; <see cref="SessionRecord.NeverExpires"/> for ever.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>When its connection ended, in Unix milliseconds; null where the log saw none end.</summary>
    public long? DisconnectedUnixMilliseconds { get; set; }

    /// <summary>Whether there is anything to remember.</summary>
    public bool IsEmpty => Open.Count == 0 && !Persistent;

    /// <summary>Makes it as new.</summary>
    public void Forget()
    {
        Open.Clear();
        Persistent = false;
        Subscribed = false;
        ExpirySeconds = 0;
        DisconnectedUnixMilliseconds = null;
    }
}
