using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue.Damage;

/// <summary>
/// Reads a damaged segment from end to end to tell which records are missing: the numbers of the records around the damage say how many,
/// the sequence numbers of the topics around it and the segment's index say which.
/// </summary>
internal sealed class DamageExaminer
{
    private readonly Segment _segment;
    private readonly LogState _before;
    private readonly SegmentIndex? _index;
    private readonly Dictionary<uint, long> _lastSeen = [];
    private readonly List<Finding> _findings = [];
    private long? _nextRecord;

    private DamageExaminer(Segment segment, LogState before, SegmentIndex? index)
    {
        _segment = segment;
        _before = before;
        _index = index;
        _nextRecord = index?.FirstRecord;
    }

    /// <summary>All damage of one segment.</summary>
    /// <param name="disk">Where it is.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="before">The log's state where the segment begins; of a topic it does not know, nothing before the first record seen is told as missing.</param>
    /// <param name="index">The segment's index, if there is one.</param>
    /// <param name="missingFiles">The indexes of files that stood between this segment and the next and are gone.</param>
    /// <param name="nextRecord">The number of the first record behind the segment, if known.</param>
    /// <param name="nameOf">The name of a topic by its number.</param>
    public static IReadOnlyList<LogDamage> Examine(
        IDisk disk, Segment segment, LogState before, SegmentIndex? index, IReadOnlyList<SegmentIndex> missingFiles, long? nextRecord, Func<uint, string> nameOf)
    {
        var examiner = new DamageExaminer(segment, before, index);
        using var file = disk.OpenFile(segment.Path);
        if (Segment.ReadHeader(file, segment.Path, out var fault) is null)
        {
            examiner._findings.Add(new Finding(new DamagedRange(segment.BaseAddress, segment.FirstFrame), fault) { RecordsLost = 0 });
        }

        examiner.Read(file);
        examiner.Finish(index?.End == segment.End ? index.FirstRecord + index.RecordCount : nextRecord, missingFiles);
        return [.. examiner._findings.Select(finding => finding.Report(segment, nameOf))];
    }

    private void Read(IDiskFile file)
    {
        var fileEnd = _segment.BaseAddress + file.Length;
        var scanner = new SegmentScanner(file, _segment.BaseAddress, _segment.FirstFrame);
        bool found;
        do
        {
            found = scanner.TryNextAround(_segment.End, out var damage);
            if (damage is { } range)
            {
                _findings.Add(new Finding(range, range.To > fileEnd ? "the rest of the file, or a file behind it, is missing" : "these bytes are not what was written"));
            }

            if (found)
            {
                Take(scanner);
            }
        }
        while (found);
    }

    private void Take(SegmentScanner scanner)
    {
        Expect(scanner.Header.FirstRecord);
        _nextRecord = scanner.Header.FirstRecord + scanner.Header.RecordCount;
        for (var rest = scanner.Records.Span; rest.Length > 0; rest = rest[RecordFormat.LengthOf(rest)..])
        {
            if (RecordFormat.TopicOf(rest) is var topic and not 0)
            {
                var sequence = RecordFormat.SequenceOf(rest);
                Miss(topic, sequence - 1);
                _lastSeen[topic] = sequence;
            }
        }
    }

    /// <summary>Behind the last frame: what the index or the next segment say should have been there.</summary>
    private void Finish(long? nextRecord, IReadOnlyList<SegmentIndex> missingFiles)
    {
        if (nextRecord is { } expected)
        {
            Expect(expected);
        }

        foreach (var row in _index?.Rows ?? [])
        {
            Miss(row.Topic, row.Last);
        }

        if (_findings is [.., var last])
        {
            last.Missing.AddRange(missingFiles.SelectMany(file => file.Rows).Select(row => (row.Topic, row.First, row.Last)));
        }
    }

    /// <summary>A record's number is known; if others should have stood before it, the last damage has them.</summary>
    private void Expect(long record)
    {
        if (_findings is [.., var last] && last.RecordsLost is null)
        {
            last.RecordsLost = _nextRecord is { } next ? Math.Max(0, record - next) : null;
        }
    }

    /// <summary>Up to this number the topic's records should have been seen; those that were not stood in the last damage.</summary>
    private void Miss(uint topic, long upTo)
    {
        if (_findings is [.., var last] && LastBefore(topic) is { } before && before < upTo)
        {
            last.Missing.Add((topic, before + 1, upTo));
        }
    }

    private long? LastBefore(uint topic)
    {
        if (_lastSeen.TryGetValue(topic, out var seen))
        {
            return seen;
        }

        var row = _index?.Rows.FirstOrDefault(row => row.Topic == topic);
        return row is { Count: > 0 } known ? known.First - 1 : _before.Topics.Find(topic)?.LastSequence;
    }

    private sealed class Finding(DamagedRange range, string what)
    {
        public long? RecordsLost { get; set; }

        public List<(uint Topic, long First, long Last)> Missing { get; } = [];

        public LogDamage Report(Segment segment, Func<uint, string> nameOf) => new(
            Path.GetFileName(segment.Path), range.From - segment.BaseAddress, new LogPosition(range.From), new LogPosition(range.To), what, RecordsLost,
            [.. Missing.Select(missing => new MissingSequences(nameOf(missing.Topic), missing.First, missing.Last)).OrderBy(missing => missing.Topic, StringComparer.Ordinal)]);
    }
}
