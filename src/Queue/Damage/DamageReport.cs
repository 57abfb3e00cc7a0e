using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue.Damage;

/// <summary>What is missing from a log, segment by segment.</summary>
internal sealed class DamageReport(IDisk disk, string directory, CheckpointStore checkpoints, IReadOnlyList<Segment> segments, Func<uint, string> nameOf)
{
    /// <summary>All damage of the segments that hold one of these ranges.</summary>
    public IEnumerable<LogDamage> OfSegmentsWith(IReadOnlyList<DamagedRange> ranges) =>
        Enumerable.Range(0, segments.Count)
            .Where(index => ranges.Any(range => range.From >= segments[index].BaseAddress && range.From < segments[index].End))
            .SelectMany(Of);

    /// <summary>All damage of one segment.</summary>
    public IReadOnlyList<LogDamage> Of(int index)
    {
        var segment = segments[index];
        var files = disk.ListFiles(directory);
        if (!files.Contains(Path.GetFileName(segment.Path), StringComparer.Ordinal))
        {
            // With all before it it was consumed and deleted while somebody read; alone it is missing.
            return segments.Take(index).Any(older => files.Contains(Path.GetFileName(older.Path), StringComparer.Ordinal))
                ? [new LogDamage(Path.GetFileName(segment.Path), 0, new LogPosition(segment.BaseAddress), new LogPosition(segment.End), "the file is missing", null, [])]
                : [];
        }

        var before = new LogState();
        ProjectionReplay.Run(disk, checkpoints, segments, new LogPosition(segment.BaseAddress), before, []);
        return DamageExaminer.Examine(
            disk, segment, before, SegmentIndex.Read(disk, directory, segment.BaseAddress), IndexesWithin(segment), FirstRecordBehind(index), nameOf);
    }

    /// <summary>An index whose address lies within another segment has lost its own.</summary>
    private IReadOnlyList<SegmentIndex> IndexesWithin(Segment segment) =>
        [.. disk.ListFiles(directory)
            .Select(SegmentIndex.AddressOf)
            .Where(address => address > segment.BaseAddress && address < segment.End)
            .Select(address => SegmentIndex.Read(disk, directory, address!.Value))
            .OfType<SegmentIndex>()];

    private long? FirstRecordBehind(int index)
    {
        if (index + 1 == segments.Count)
        {
            return null;
        }

        using var reader = new LogReader(new FixedSource(disk, segments, segments[^1].End, new LogState()), new LogPosition(segments[index + 1].FirstFrame), RecordKinds.All);
        return reader.TryReadAny(out var frame) ? frame.FirstRecord : null;
    }
}
