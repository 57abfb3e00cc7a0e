using IoTGateway.Queue;

namespace IoTGateway.Broker.Delivery;

/// <summary>A device's state on its way to subscribers.</summary>
/// <param name="Topic">Where it was published.</param>
/// <param name="Payload">What it says.</param>
/// <param name="QualityOfService">0 to 2.</param>
/// <param name="Retain">Whether later subscribers get it too.</param>
/// <param name="ClientId">Who published it.</param>
/// <param name="Commit">When it is durable; before that nobody gets it.</param>
internal sealed record StatusMessage(string Topic, byte[] Payload, int QualityOfService, bool Retain, string ClientId, Commit Commit);
