namespace IoTGateway.Broker.Packets;

/// <summary>What the first bytes of a packet say.</summary>
internal enum FrameResult
{
    /// <summary>The length is known; whether the body is there the caller sees from it.</summary>
    Known = 0,

    /// <summary>The length itself has not arrived completely.</summary>
    NeedMore = 1,

    /// <summary>The length is written with more than four bytes.</summary>
    Malformed = 2,

    /// <summary>The packet is larger than allowed. Said before a byte of its body is waited for.</summary>
    TooLarge = 3,
}
