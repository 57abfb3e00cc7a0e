namespace IoTGateway.Broker.Delivery;

/// <summary>An application message on its way to subscribers. Never changed, so that all of them share one.</summary>
/// <param name="Topic">Where it was published.</param>
/// <param name="Payload">What it says.</param>
/// <param name="QualityOfService">With which it was published, 0 to 2.</param>
/// <param name="Retain">Whether it was published to be kept for later subscribers.</param>
internal sealed record Message(string Topic, byte[] Payload, int QualityOfService, bool Retain)
{
    /// <summary>What every message costs beside its bytes.</summary>
    private const int OverheadSizeBytes = 128;

    /// <summary>Who published it: the client id in UTF-8. Empty for the gateway itself.</summary>
    public byte[] Sender { get; init; } = [];

    /// <summary>The MQTT 5 properties that are passed on as they came, encoded, in their order.</summary>
    public byte[] Properties { get; init; } = [];

    /// <summary>After this time nobody gets it any more, in Unix milliseconds; null for never (MQTT 5, 3.3.2.3.3).</summary>
    public long? ExpiresUnixMilliseconds { get; init; }

    /// <summary>About how much memory it holds. Bytes.</summary>
    public int SizeBytes => Payload.Length + Properties.Length + (2 * Topic.Length) + OverheadSizeBytes;

    /// <summary>Whether its time is over.</summary>
    public bool HasExpired(long nowUnixMilliseconds) => ExpiresUnixMilliseconds <= nowUnixMilliseconds;
}
