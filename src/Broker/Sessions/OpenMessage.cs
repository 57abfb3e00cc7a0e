using IoTGateway.Queue;

namespace IoTGateway.Broker.Sessions;

/// <summary>A QoS 2 message that was taken and not yet released.</summary>
/// <param name="Commit">When it is durable; null where it was recovered from the log, or is an ordinary message that is not kept.</param>
/// <param name="Logged">Whether it stands in the log, so that its release has to as well.</param>
internal readonly record struct OpenMessage(Commit? Commit, bool Logged);
