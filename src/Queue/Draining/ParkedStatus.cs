namespace IoTGateway.Queue.Draining;

/// <summary>A topic that one sink has parked.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Records">How many of its records wait in the side file.</param>
/// <param name="FirstSequence">The oldest of them.</param>
/// <param name="Since">When the oldest of them was parked.</param>
/// <param name="Tries">How often the oldest of them has failed by itself since the start.</param>
/// <param name="NextTry">When it is tried again.</param>
/// <param name="Reason">Why it failed last; may quote a record.</param>
public sealed record ParkedStatus(string Topic, long Records, long FirstSequence, DateTimeOffset Since, int Tries, DateTimeOffset NextTry, string Reason);
