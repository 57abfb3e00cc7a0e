namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>
/// The bytes of a file twice: as the page cache shows them, and as they stand on the medium. They differ in the sectors that were written
/// and not flushed, and perhaps in the length.
/// </summary>
internal sealed class FileContent
{
    public const int SectorSizeBytes = 512;

    private readonly SortedSet<int> _dirty = [];
    private byte[] _cached = [];
    private byte[] _durable = [];
    private int _durableLength;

    /// <summary>The length that a reader sees.</summary>
    public int Length { get; private set; }

    public int Read(Span<byte> buffer, long offset)
    {
        var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        _cached.AsSpan((int)Math.Min(offset, Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        var start = (int)offset;
        var end = start + bytes.Length;
        if (end > _cached.Length)
        {
            var size = Math.Max(_cached.Length * 2, (end + SectorSizeBytes) / SectorSizeBytes * SectorSizeBytes);
            Array.Resize(ref _cached, size);
            Array.Resize(ref _durable, size);
        }

        bytes.CopyTo(_cached.AsSpan(start));
        Length = Math.Max(Length, end);
        for (var sector = start / SectorSizeBytes; sector * SectorSizeBytes < end; sector++)
        {
            _dirty.Add(sector);
        }
    }

    public void Flush()
    {
        foreach (var sector in _dirty)
        {
            Persist(sector);
        }

        _dirty.Clear();
        _durableLength = Length;
    }

    /// <summary>The kernel writes back some of what is dirty, in its own order.</summary>
    public void WriteBack(Random random)
    {
        foreach (var sector in _dirty.Where(_ => random.Next(2) == 0).ToList())
        {
            Persist(sector);
            _dirty.Remove(sector);
            _durableLength = Math.Max(_durableLength, Math.Min(Length, (sector + 1) * SectorSizeBytes));
        }
    }

    /// <summary>
    /// A flush that failed, as Linux has it: some sectors are written, the others are marked clean all the same. The cache goes on showing
    /// them, and no later flush writes them.
    /// </summary>
    public void FailFlush(Random random)
    {
        WriteBack(random);
        _dirty.Clear();
    }

    /// <summary>
    /// The power is gone: each dirty sector is on the medium or is not, and the length is the old one, the new one or any between. A sector
    /// that was never written shows zeros or what the medium held there before.
    /// </summary>
    /// <param name="random">Decides.</param>
    /// <param name="leftover">The bytes of a deleted file whose place this one took; null for zeros.</param>
    public void LosePower(Random random, FileContent? leftover)
    {
        var keptOf100 = random.Next(4) switch { 0 => 0, 1 => 100, _ => random.Next(101) };
        var before = _durableLength;
        if (Length != _durableLength)
        {
            var low = Math.Min(Length, _durableLength);
            var high = Math.Max(Length, _durableLength);
            _durableLength = random.Next(3) switch { 0 => low, 1 => high, _ => random.Next(low, high + 1) };
        }

        foreach (var sector in _dirty)
        {
            if (random.Next(100) < keptOf100)
            {
                Persist(sector);
            }
            else if (sector * SectorSizeBytes >= before && leftover is not null)
            {
                leftover.Read(_durable.AsSpan(sector * SectorSizeBytes, SectorSizeBytes), sector * SectorSizeBytes);
            }
        }

        _dirty.Clear();
        _durable.AsSpan(_durableLength).Clear();
        _durable.CopyTo(_cached, 0);
        Length = _durableLength;
    }

    /// <summary>A few bits turn over on the medium.</summary>
    /// <returns>The offset of the first damaged byte.</returns>
    public int Rot(Random random, int from, int to)
    {
        var at = random.Next(from, to);
        for (var count = random.Next(1, 4); count > 0 && at < to; count--)
        {
            _durable[at] ^= (byte)(1 << random.Next(8));
            _cached[at] = _durable[at];
            at += random.Next(1, 8);
        }

        return at;
    }

    private void Persist(int sector)
    {
        var start = sector * SectorSizeBytes;
        _cached.AsSpan(start, Math.Min(SectorSizeBytes, _cached.Length - start)).CopyTo(_durable.AsSpan(start));
    }
}
