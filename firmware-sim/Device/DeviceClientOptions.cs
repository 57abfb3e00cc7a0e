namespace IoTGateway.FirmwareSim.Device;

/// <summary>How a simulated device reaches the gateway and what it keeps.</summary>
public sealed record DeviceClientOptions
{
    /// <summary>The gateway's host name or address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The gateway's MQTT port, 1 to 65535.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>The MQTT client id: the device's name. Not empty: the session of an empty one could not be resumed.</summary>
    public required string ClientId { get; init; }

    /// <summary>User name; null to connect anonymously.</summary>
    public string? UserName { get; init; }

    /// <summary>Password; used with <see cref="UserName"/> only.</summary>
    public string? Password { get; init; }

    /// <summary>The version of MQTT.</summary>
    public DeviceProtocol Protocol { get; init; } = DeviceProtocol.Mqtt311;

    /// <summary>
    /// How many messages may be in flight at once, 1 to 65535. A gateway's receive maximum (MQTT 5) lowers it; a 3.1.1 broker cannot say what
    /// it takes, and 20 is what common ones take: Mosquitto 2.0 acknowledges QoS 2 messages beyond that and drops them.
    /// </summary>
    public int Window { get; init; } = 20;

    /// <summary>How many readings the device keeps, waiting and in flight together; at least <see cref="Window"/>. When full, publishing waits.</summary>
    public int StoreCapacity { get; init; } = 256;

    /// <summary>MQTT's keep-alive: a PING is sent after half of it without a packet. 1 s to 65535 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection, from the TCP handshake to CONNACK, may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before the first attempt to reconnect; it doubles with each failed attempt.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between attempts.</summary>
    public TimeSpan RetryLongest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Seed of the jitter that keeps a ward of devices from reconnecting in the same instant.</summary>
    public int RetrySeed { get; init; }

    /// <summary>After how long without a working connection the device fails with <see cref="GatewayUnreachableException"/>; null: it tries for ever.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>
    /// The device whose state is published on <c>devices/{device}/status</c>: a retained birth message on every connection, "offline" at an
    /// orderly end, and the same as the last will. Null: no status messages and no will.
    /// </summary>
    public string? StatusDevice { get; init; }

    /// <summary>Told of each connection made and lost. Called from the device's own task; must not block.</summary>
    public Action<DeviceConnectionReport>? OnConnection { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> when a value is out of its range.</summary>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Host);
        ArgumentException.ThrowIfNullOrEmpty(ClientId);
        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Window, InFlightStore.WindowMaximum);
        ArgumentOutOfRangeException.ThrowIfLessThan(StoreCapacity, Window);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepAlive, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KeepAlive, TimeSpan.FromSeconds(ushort.MaxValue));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryFirst, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryLongest, RetryFirst);
    }
}
