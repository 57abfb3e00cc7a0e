namespace IoTGateway.Queue.Limits;

/// <summary>
/// When the log is full. Publishers are told at a high-water mark that lies a reserve below the limit, and are let in again only when a good
/// part is drained, so that the two states do not alternate with every message. What the gateway itself writes goes on: alerts,
/// acknowledgements, cursors.
/// </summary>
/// <param name="limitBytes">How large the log may grow.</param>
/// <param name="reserveBytes">What of it, and of the volume, is kept for the gateway's own records.</param>
/// <param name="isFull">Whether it was full before.</param>
internal sealed class DiskBudget(long limitBytes, long reserveBytes, bool isFull = false)
{
    /// <summary>From this size on readings are not taken.</summary>
    public long HighWaterBytes { get; } = limitBytes - reserveBytes;

    /// <summary>Down at this size they are taken again.</summary>
    public long LowWaterBytes { get; } = (limitBytes - reserveBytes) / 10 * 9;

    /// <summary>Whether readings are not taken.</summary>
    public bool IsFull { get; private set; } = isFull;

    /// <summary>Whether consumed records are to be deleted before their retention is over.</summary>
    public bool IsTight { get; private set; }

    /// <summary>Takes in the present figures; true when <see cref="IsFull"/> has changed.</summary>
    /// <param name="usedBytes">What the log's segments take.</param>
    /// <param name="availableBytes">What the volume has left.</param>
    public bool Update(long usedBytes, long availableBytes)
    {
        IsTight = usedBytes >= HighWaterBytes / 10 * 8 || availableBytes < 4 * reserveBytes;
        var full = IsFull
            ? usedBytes > LowWaterBytes || availableBytes < 2 * reserveBytes
            : usedBytes >= HighWaterBytes || availableBytes < reserveBytes;
        var changed = full != IsFull;
        IsFull = full;
        return changed;
    }
}
