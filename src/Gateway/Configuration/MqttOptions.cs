namespace IoTGateway.Configuration;

/// <summary>Where devices and subscribers connect.</summary>
internal sealed class MqttOptions
{
    /// <summary>Address and port, for example <c>127.0.0.1:1883</c> (the default) or <c>[::1]:1883</c>. Loopback only; port 0 takes a free one.</summary>
    public string Listen { get; init; } = "127.0.0.1:1883";

    /// <summary>Whether topics that are not the gateway's own are ordinary brokered messages. Default: no, they are refused.</summary>
    public bool OpenTopics { get; init; }
}
