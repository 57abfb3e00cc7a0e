namespace IoTGateway.Notifications.Plan;

/// <summary>A channel that sends mail through a server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Server">The server's name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tls">How the connection is protected.</param>
/// <param name="From">The sender's address.</param>
/// <param name="User">The user at the server; empty for a server that asks for none.</param>
/// <param name="Password">The password; null without a user.</param>
/// <param name="Timeout">How long a try may take.</param>
/// <param name="TakenWithin">After which time a page that was not taken goes elsewhere.</param>
public sealed record EmailSettings(
    string Name, string Server, int Port, TlsMode Tls, string From, string User, SecretSource? Password, TimeSpan Timeout, TimeSpan TakenWithin)
    : ChannelSettings(Name, Timeout, TakenWithin)
{
    /// <summary>A PEM file with the authorities of which the server's certificate has to be; empty for those that this machine trusts.</summary>
    public string CaFile { get; init; } = "";

    /// <inheritdoc/>
    public override string Kind => "email";
}
