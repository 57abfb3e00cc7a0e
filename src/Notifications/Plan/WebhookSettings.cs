namespace IoTGateway.Notifications.Plan;

/// <summary>A channel that posts JSON to a web address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">The address.</param>
/// <param name="Secret">The key of the signature; null: nothing is signed, and no receipts are taken.</param>
/// <param name="Template">The JSON to send, with placeholders; null for the gateway's own form.</param>
/// <param name="Timeout">How long a try may take.</param>
/// <param name="TakenWithin">After which time a page that was not taken goes elsewhere.</param>
public sealed record WebhookSettings(string Name, Uri Url, SecretSource? Secret, string? Template, TimeSpan Timeout, TimeSpan TakenWithin)
    : ChannelSettings(Name, Timeout, TakenWithin)
{
    /// <inheritdoc/>
    public override string Kind => "webhook";
}
