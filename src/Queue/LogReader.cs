using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>Reads committed records in log order. For one thread at a time.</summary>
public sealed class LogReader : IDisposable
{
    private readonly ILogSource _source;
    private readonly RecordKinds _kinds;
    private long _address;
    private Segment? _segment;
    private IDiskFile? _file;
    private SegmentScanner? _scanner;

    internal LogReader(ILogSource source, LogPosition from, RecordKinds kinds)
    {
        _source = source;
        _kinds = kinds;
        _address = from.Address;
    }

    /// <summary>Where the next frame will be looked for.</summary>
    public LogPosition Position => new(_address);

    /// <summary>The next committed frame that holds a record of the wanted kinds; false when there is none yet.</summary>
    /// <remarks>Bytes that are not what was written are passed over and reported to the log: they hide nothing that follows.</remarks>
    public bool TryRead(out LogFrame frame)
    {
        while (TryReadAny(out frame))
        {
            if (frame.HoldsWanted())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes on reading at another place.</summary>
    internal void MoveTo(LogPosition position) => _address = position.Address;

    /// <summary>Closes the file it reads.</summary>
    public void Dispose() => CloseFile();

    /// <summary>The next committed frame, whatever it holds.</summary>
    internal bool TryReadAny(out LogFrame frame)
    {
        frame = default;
        while (_address < _source.EndAddress)
        {
            var segments = _source.Segments;
            var index = IndexOf(segments, _address);
            var segment = segments[index];
            var end = segment.End;

            // A segment that was begun and never used holds no frame: its end is its first frame's place.
            _address = Math.Max(_address, segment.FirstFrame);
            if (_address >= end)
            {
                if (index == segments.Count - 1)
                {
                    return false;
                }

                _address = segments[index + 1].FirstFrame;
                continue;
            }

            if (!TryOpen(segment))
            {
                // Deleted by hand, or, where the log of a running gateway is looked at, consumed and deleted meanwhile.
                _source.ReportDamage(new DamagedRange(_address, end));
                _address = end;
                continue;
            }

            var start = _address;
            if (!_scanner!.TryNext(end))
            {
                _address = _scanner.FindFrameBehind(start, end) ?? end;
                _source.ReportDamage(new DamagedRange(start, _address));
                continue;
            }

            _address = _scanner.Address;
            frame = new LogFrame(_source, _kinds, start, _scanner.Header, _scanner.Records.Span);
            return true;
        }

        return false;
    }

    /// <summary>The last segment that begins at or before an address; the first for an address before all.</summary>
    private static int IndexOf(IReadOnlyList<Segment> segments, long address)
    {
        var low = 0;
        var high = segments.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (segments[middle].BaseAddress <= address)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private bool TryOpen(Segment segment)
    {
        if (!ReferenceEquals(segment, _segment))
        {
            CloseFile();
            try
            {
                _file = _source.Disk.OpenFile(segment.Path);
            }
            catch (FileNotFoundException)
            {
                return false;
            }

            _segment = segment;
        }
        else if (_scanner!.Address == _address)
        {
            return true;
        }

        _scanner = new SegmentScanner(_file!, segment.BaseAddress, _address);
        return true;
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
        _segment = null;
        _scanner = null;
    }
}
