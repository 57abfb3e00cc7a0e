namespace IoTGateway.Queue.Records;

/// <summary>What happened to a session. The numbers are part of the on-disk format.</summary>
public enum SessionEvent : byte
{
    /// <summary>A new session that outlives its connection began; whatever was open under the same client id is gone.</summary>
    Opened = 1,

    /// <summary>It subscribed to something. Subscriptions do not survive a restart, so after one it is answered as not present.</summary>
    Subscribed = 2,

    /// <summary>Its connection ended; its expiry runs from here.</summary>
    Disconnected = 3,

    /// <summary>It ended: clean start, clean session or expiry.</summary>
    Ended = 4,
}
