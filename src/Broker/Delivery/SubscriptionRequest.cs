namespace IoTGateway.Broker.Delivery;

/// <summary>A topic filter and how its messages are wanted (MQTT 5, 3.8.3.1).</summary>
/// <param name="Filter">The topic filter; null where it is not UTF-8.</param>
/// <param name="QualityOfService">The highest QoS wanted, 0 to 2.</param>
/// <param name="NoLocal">Whether the client's own messages are left out.</param>
/// <param name="RetainAsPublished">Whether messages keep the retain flag with which they were published.</param>
/// <param name="RetainHandling">0: retained messages are sent now; 1: only if the subscription is new; 2: not at all.</param>
internal sealed record SubscriptionRequest(string? Filter, int QualityOfService, bool NoLocal, bool RetainAsPublished, int RetainHandling);
