namespace IoTGateway.Notifications.Plan;

/// <summary>Where the gateway says that it lives.</summary>
/// <param name="Url">The address.</param>
/// <param name="Secret">The key of the signature; null: nothing is signed.</param>
/// <param name="Every">How often. 1 s to 10 min; default 10 s.</param>
public sealed record HeartbeatSettings(Uri Url, SecretSource? Secret, TimeSpan Every);
