namespace IoTGateway.Broker.Delivery;

/// <summary>One subscription of one subscriber (MQTT 5, 3.8.3.1).</summary>
/// <param name="Subscriber">Whose.</param>
/// <param name="Request">The filter and its options.</param>
/// <param name="Identifier">The subscription identifier; 0 for none.</param>
internal sealed record Subscription(Subscriber Subscriber, SubscriptionRequest Request, uint Identifier);
