namespace IoTGateway.Broker.Delivery;

/// <summary>A message and one of those who get it.</summary>
/// <param name="Subscriber">Who.</param>
/// <param name="Message">As that one gets it.</param>
internal readonly record struct Copy(Subscriber Subscriber, OutgoingMessage Message);
