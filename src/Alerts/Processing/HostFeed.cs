using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <summary>Feeds a host inputs that were consumed before. What comes of them is discarded: it stands in the log.</summary>
internal static class HostFeed
{
    /// <summary>Feeds the inputs between two places. A logged tick comes before the first input that had not been consumed when it came.</summary>
    /// <param name="host">The host, in the state it had at <paramref name="from"/>.</param>
    /// <param name="log">The log.</param>
    /// <param name="from">The first input.</param>
    /// <param name="to">Where to stop.</param>
    /// <param name="until">Inputs recorded later, and ticks of a later time, are left out.</param>
    public static void Run(RuleHost host, LogView log, LogPosition from, LogPosition to, Instant until)
    {
        var ticks = TicksFrom(log, from, host, until);
        using var reader = log.OpenReader(from, RuleHost.InputKinds);
        while (reader.TryRead(out var frame) && frame.Position < to)
        {
            Advance(host, ticks, frame.Position);
            foreach (var record in frame)
            {
                if (record.TimeUnixMilliseconds > until.UnixMilliseconds)
                {
                    Advance(host, ticks, to);
                    return;
                }

                host.Apply(record, NoOutput.Instance);
            }
        }

        Advance(host, ticks, to);
    }

    /// <summary>The ticks that changed something, behind the place. Those whose time is not later are in the host's state.</summary>
    private static Queue<TickRecord> TicksFrom(LogView log, LogPosition from, RuleHost host, Instant until)
    {
        var ticks = new Queue<TickRecord>();
        using var reader = log.OpenReader(from, RecordKinds.Of(RecordKind.Tick));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                var tick = TickRecord.Read(record.Body);
                if (tick.Time <= until && tick.Time > (tick.Kind == TickKind.ListensAgain ? host.ListeningSince : host.LastTick))
                {
                    ticks.Enqueue(tick);
                }
            }
        }

        return ticks;
    }

    private static void Advance(RuleHost host, Queue<TickRecord> ticks, LogPosition before)
    {
        while (ticks.TryPeek(out var tick) && tick.Input <= before)
        {
            ticks.Dequeue();
            if (tick.Kind == TickKind.ListensAgain)
            {
                host.ListenAgain(tick.Time);
                continue;
            }

            host.Advance(tick.Time, NoOutput.Instance);
            if (tick.Kind == TickKind.Silence)
            {
                host.TellSilence(tick.Time, NoOutput.Instance);
            }
        }
    }
}
