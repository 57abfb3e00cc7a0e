namespace IoTGateway.Notifications.Plan;

/// <summary>One way to reach a person.</summary>
/// <param name="Channel">The channel's name in <c>notifications.yaml</c>.</param>
/// <param name="Address">Where on that channel: a pager's number, an e-mail address; empty for a channel that needs none.</param>
public sealed record PersonChannel(string Channel, string Address);
