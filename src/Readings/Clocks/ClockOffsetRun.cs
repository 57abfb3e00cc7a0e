namespace IoTGateway.Readings.Clocks;

/// <summary>Paced readings of one device, one after the other: what there is to learn its clock's offset from.</summary>
/// <param name="Count">How many readings; 0: none yet, and the rest means nothing.</param>
/// <param name="First">The device time of the first one.</param>
/// <param name="Newest">The newest device time among them.</param>
/// <param name="Least">The least time from a device time to the receipt of its reading: the offset and the least delay.</param>
/// <param name="Most">The greatest such time.</param>
public readonly record struct ClockOffsetRun(int Count, Instant First, Instant Newest, TimeSpan Least, TimeSpan Most);
