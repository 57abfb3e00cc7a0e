using IoTGateway.Archive.Entries;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Archive;

/// <summary>
/// How old the oldest record is that the archive does not hold yet. The log between the archive's place and that record is looked through once, not at every
/// look: it may be long where the archive is paused and no alert comes. From any thread.
/// </summary>
internal sealed class ArchiveLag(DurableLog log, LogConsumer consumer, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private LogPosition _lookedTo = log.Start;
    private (LogPosition Position, Instant Time)? _oldest;

    /// <summary>Its age; zero where everything is archived.</summary>
    public TimeSpan Age()
    {
        lock (_gate)
        {
            var position = consumer.Position;
            if (_oldest is null || _oldest.Value.Position < position)
            {
                Look(position > _lookedTo ? position : _lookedTo);
            }

            var now = Instant.Now(clock);
            return _oldest is { } oldest && oldest.Time < now ? now - oldest.Time : TimeSpan.Zero;
        }
    }

    private void Look(LogPosition from)
    {
        using var reader = log.OpenReader(from, EntryMakers.Kinds);
        _oldest = null;
        if (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                _oldest = (frame.Position, new Instant(record.TimeUnixMilliseconds));
                break;
            }
        }

        _lookedTo = reader.Position;
    }
}
