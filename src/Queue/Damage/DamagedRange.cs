namespace IoTGateway.Queue.Damage;

/// <summary>Addresses between which a reader found no whole frame, before anybody has looked what is missing.</summary>
/// <param name="From">The first byte that is not a frame.</param>
/// <param name="To">Where the next whole frame, or the next segment, begins.</param>
internal readonly record struct DamagedRange(long From, long To);
