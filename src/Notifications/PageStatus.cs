using IoTGateway.Readings;

namespace IoTGateway.Notifications;

/// <summary>One page to one person over one channel.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Stage">Of which stage: 0 the raise, 1 the first stage of <c>escalate</c>.</param>
/// <param name="Role">The role that was to be told; empty for a route that names none.</param>
/// <param name="Person">Who, as the roster names them.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Queued">When it was put into the channel's queue.</param>
/// <param name="State">What became of it.</param>
/// <param name="StateAt">Since when.</param>
/// <param name="Reason">Why it failed or was not sent, in words; empty otherwise.</param>
public sealed record PageStatus(
    string Key, int Stage, string Role, string Person, string Channel, Instant Queued, PageState State, Instant StateAt, string Reason);
