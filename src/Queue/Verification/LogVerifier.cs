using System.Globalization;
using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue.Verification;

/// <summary>
/// Reads every frame, index and checkpoint of a log, without a lock and without changing anything, and tells what is not as it should be: also
/// what no checksum can tell, such as numbers that do not follow each other.
/// </summary>
internal sealed class LogVerifier
{
    private const int FaultsAtMost = 1_000;

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly IReadOnlyList<Segment> _segments;
    private readonly LogState _state;
    private readonly Dictionary<uint, (long Sequence, long Address)> _last = [];
    private readonly List<DamagedRange> _ranges = [];
    private readonly List<string> _faults = [];
    private FrameHeader? _previous;
    private long _lastTime;
    private long _bytes;
    private long _frames;
    private long _records;

    internal LogVerifier(IDisk disk, string directory, IReadOnlyList<Segment> segments, LogState state, IEnumerable<DamagedRange> known)
    {
        _disk = disk;
        _directory = directory;
        _segments = segments;
        _state = state;
        _ranges.AddRange(known);
    }

    /// <summary>Looks at everything.</summary>
    /// <param name="checkpoints">The log's checkpoints.</param>
    /// <param name="nameOf">The name of a topic by its number.</param>
    /// <param name="progress">Told how much is done, from 0 to 1.</param>
    public VerifyReport Run(CheckpointStore checkpoints, Func<uint, string> nameOf, Action<double>? progress)
    {
        for (var index = 0; index < _segments.Count; index++)
        {
            try
            {
                VerifySegment(_segments[index], nameOf);
            }
            catch (FileNotFoundException)
            {
                _ranges.Add(new DamagedRange(_segments[index].BaseAddress, _segments[index].End));
            }

            progress?.Invoke((index + 1.0) / _segments.Count);
        }

        var (count, unreadable) = checkpoints.Verify();
        _faults.AddRange(unreadable.Select(path => $"{path} cannot be read; a start uses the checkpoint before it, if that is whole."));
        if (checkpoints.FurthestPosition() is var reached && _segments is [.., var last] && reached.Address > last.End)
        {
            Fault($"{Path.GetFileName(last.Path)}, byte {last.End - last.BaseAddress}: the log ends here, at {last.End}, but a checkpoint had come to {reached}: its end is missing. A start goes on behind that place.");
        }

        var report = new DamageReport(_disk, _directory, checkpoints, _segments, nameOf);
        return new VerifyReport(_segments.Count, _bytes, _frames, _records, count, [.. report.OfSegmentsWith(_ranges)], _faults);
    }

    private void VerifySegment(Segment segment, Func<uint, string> nameOf)
    {
        var sound = true;
        using (var file = _disk.OpenFile(segment.Path))
        {
            var scanner = new SegmentScanner(file, segment.BaseAddress, segment.FirstFrame);
            bool found;
            do
            {
                found = scanner.TryNextAround(segment.End, out var damage);
                if (damage is { } range)
                {
                    sound = false;
                    _ranges.Add(range);
                    _previous = null;
                }

                if (found)
                {
                    VerifyFrame(segment, scanner, nameOf);
                }
            }
            while (found);
        }

        var indexName = SegmentIndex.NameOf(segment.BaseAddress);
        if (SegmentIndex.Read(_disk, _directory, segment.BaseAddress) is not { } index)
        {
            if (_disk.ListFiles(_directory).Contains(indexName, StringComparer.Ordinal))
            {
                Fault(sound
                    ? $"{indexName} is not what was written, or cannot be read; it is made anew at the next start. Nothing is lost."
                    : $"{indexName} is not what was written, or cannot be read; with it, more could be said of what its segment has lost.");
            }
        }
        else if (sound && !IsSame(index, SegmentIndex.Build(_disk, segment)))
        {
            Fault($"{indexName} does not say what its segment holds; delete it, it will be made anew.");
        }
    }

    private void VerifyFrame(Segment segment, SegmentScanner scanner, Func<uint, string> nameOf)
    {
        var header = scanner.Header;
        var at = scanner.Address - header.FrameLength;
        var where = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(segment.Path)}, byte {at - segment.BaseAddress}");
        if (_previous is { } previous && (header.Batch != previous.Batch + 1 || header.FirstRecord != previous.FirstRecord + previous.RecordCount))
        {
            Fault($"{where}: the frame's number does not follow the one before.");
        }

        _previous = header;
        _bytes += header.FrameLength;
        _frames++;
        _records += header.RecordCount;
        for (var rest = scanner.Records.Span; rest.Length > 0; rest = rest[RecordFormat.LengthOf(rest)..])
        {
            var time = RecordFormat.TimeOf(rest);
            if (time < _lastTime)
            {
                Fault($"{where}: a record is older than the one before.");
            }

            _lastTime = Math.Max(_lastTime, time);
            if (RecordFormat.TopicOf(rest) is var topic and not 0)
            {
                VerifySequence(topic, RecordFormat.SequenceOf(rest), at, where, nameOf);
            }
        }
    }

    private void VerifySequence(uint topic, long sequence, long at, string where, Func<uint, string> nameOf)
    {
        if (_last.TryGetValue(topic, out var last) && sequence != last.Sequence + 1 && !IsDamagedBetween(last.Address, at))
        {
            Fault(string.Create(CultureInfo.InvariantCulture, $"{where}: {nameOf(topic)} number {sequence} follows number {last.Sequence}."));
        }

        _last[topic] = (sequence, at);
    }

    private bool IsDamagedBetween(long from, long to) =>
        _ranges.Exists(range => range.To > from && range.From < to)
        || _state.Damages.Any(damage => damage.To.Address > from && damage.From.Address < to);

    private static bool IsSame(SegmentIndex index, SegmentIndex? built) =>
        built is not null && index with { Rows = built.Rows } == built && index.Rows.SequenceEqual(built.Rows);

    private void Fault(string what)
    {
        if (_faults.Count < FaultsAtMost)
        {
            _faults.Add(what);
        }
    }
}
