namespace IoTGateway.Broker.Delivery;

/// <summary>A message as one subscriber gets it.</summary>
/// <param name="Message">The message.</param>
/// <param name="QualityOfService">The lower of the publisher's and the subscriber's.</param>
/// <param name="Retain">The retain flag as it is sent.</param>
/// <param name="Identifiers">The identifiers of the subscriptions it matched; null for none.</param>
/// <param name="FromStore">Whether it is a retained message that a new subscription gets: bounded by the store, not by the queue.</param>
internal readonly record struct OutgoingMessage(Message Message, byte QualityOfService, bool Retain, uint[]? Identifiers, bool FromStore);
