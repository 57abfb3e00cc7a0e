namespace IoTGateway.Broker.Delivery;

/// <summary>The memory that all subscribers' queues may hold together. Safe from any thread.</summary>
/// <param name="bytesAtMost">Bytes.</param>
internal sealed class OutboxBudget(long bytesAtMost)
{
    private long _used;

    /// <summary>Bytes in use.</summary>
    public long UsedBytes => Volatile.Read(ref _used);

    /// <summary>Takes bytes; false where there are not so many. A subscriber that keeps up (<paramref name="small"/>) gets them in any case.</summary>
    public bool TryTake(int bytes, bool small)
    {
        if (Interlocked.Add(ref _used, bytes) <= bytesAtMost || small)
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _used, -bytes);
}
