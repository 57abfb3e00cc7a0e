namespace IoTGateway.Broker.Connections;

/// <summary>
/// What all connections together hold of packets that have arrived by half: one client may be slow with a large packet, thousands together
/// must not take the memory. Safe from any thread.
/// </summary>
/// <param name="bytesAtMost">How much may be held. Bytes.</param>
internal sealed class HalfPacketBudget(long bytesAtMost)
{
    private long _held;

    /// <summary>What is held. Bytes.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>A connection holds so much more than before, or less; false where all together hold too much now.</summary>
    public bool TryChange(long bytes) => Interlocked.Add(ref _held, bytes) <= bytesAtMost || bytes <= 0;
}
