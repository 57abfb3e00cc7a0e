namespace IoTGateway.Broker.Connections;

/// <summary>How the receive path goes on after a packet.</summary>
internal enum Step
{
    /// <summary>The packet is dealt with; the next one may follow at once.</summary>
    Done = 0,

    /// <summary>The next packet has not arrived completely.</summary>
    NeedMore = 1,

    /// <summary>The packet is a SUBSCRIBE: it is noted in the log before it is answered.</summary>
    Subscribe = 2,

    /// <summary>The client asks whether anybody is there.</summary>
    Ping = 3,

    /// <summary>The packet is a device's state and too many states wait to be passed on.</summary>
    RelayFull = 4,

    /// <summary>The packet stays where it is until acknowledgements went out.</summary>
    AcksFull = 5,

    /// <summary>The packet stays where it is until the log has room.</summary>
    NoRoom = 6,

    /// <summary>The packet stays where it is while the log takes no readings, for a time.</summary>
    Withheld = 7,

    /// <summary>The connection ends.</summary>
    Closed = 8,
}
