using IoTGateway.Queue;

namespace IoTGateway.Broker.Delivery;

/// <summary>A device's state on its way to subscribers.</summary>
/// <param name="Message">What it says.</param>
/// <param name="Commit">When it is durable; before that nobody gets it.</param>
internal sealed record StatusMessage(Message Message, Commit Commit);
