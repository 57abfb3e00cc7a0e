namespace IoTGateway.Storage.Influx;

/// <summary>What a server's answer means for the lines that were sent.</summary>
internal enum WriteVerdict
{
    /// <summary>They are stored.</summary>
    Stored = 0,

    /// <summary>The server does not take them now; the same request may succeed later.</summary>
    Later = 1,

    /// <summary>At least one of them is refused for good; the others may or may not be stored.</summary>
    Refused = 2,

    /// <summary>The request is too large.</summary>
    TooLarge = 3,
}
