namespace IoTGateway.Notifications.Plan;

/// <summary>How the connection to a mail server is protected.</summary>
public enum TlsMode
{
    /// <summary>It begins in the clear and changes to TLS (STARTTLS, RFC 3207); a server that cannot is refused.</summary>
    Start = 0,

    /// <summary>TLS from the first byte (RFC 8314, port 465).</summary>
    OnConnect = 1,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None = 2,
}
