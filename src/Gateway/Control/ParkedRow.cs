namespace IoTGateway.Control;

/// <summary>A topic that a sink has parked.</summary>
/// <param name="Consumer">The sink's consumer.</param>
/// <param name="Topic">The topic's name.</param>
/// <param name="Records">How many of its records wait in the side file.</param>
/// <param name="FirstSequence">The oldest of them.</param>
/// <param name="Since">When that one was parked.</param>
/// <param name="Tries">How often that one has failed by itself since the start.</param>
/// <param name="NextTry">When it is tried again.</param>
/// <param name="Reason">Why it failed last; may quote a record.</param>
internal sealed record ParkedRow(string Consumer, string Topic, long Records, long FirstSequence, DateTimeOffset Since, int Tries, DateTimeOffset NextTry, string Reason);
