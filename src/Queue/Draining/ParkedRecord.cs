namespace IoTGateway.Queue.Draining;

/// <summary>Where a parked record stands in the side file.</summary>
internal readonly record struct ParkedRecord(long Offset, int Length, long Sequence, long ParkedUnixMilliseconds);
