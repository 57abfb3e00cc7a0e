namespace IoTGateway.Queue.Files;

/// <summary>There was no space to write a new file, and nothing else has happened: what was there before is untouched, and nothing is left of the new one.</summary>
public sealed class DiskFullException : IOException
{
    internal DiskFullException(string path, long neededBytes, long availableBytes, IOException cause)
        : base(FormattableString.Invariant($"There is no space left to write {path}: it takes {neededBytes:#,0} bytes, and the volume has {availableBytes:#,0} left."), cause)
    {
        NeededBytes = neededBytes;
        AvailableBytes = availableBytes;
    }

    /// <summary>How large the file would have been. Bytes.</summary>
    public long NeededBytes { get; }

    /// <summary>What the volume had left for it. Bytes.</summary>
    public long AvailableBytes { get; }
}
