namespace IoTGateway.Configuration;

/// <summary>Where the board is.</summary>
internal sealed class HttpOptions
{
    /// <summary>Address and port, for example <c>127.0.0.1:8080</c> (the default). Loopback only; port 0 takes a free one.</summary>
    public string Listen { get; init; } = "127.0.0.1:8080";
}
