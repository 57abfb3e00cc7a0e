using IoTGateway.Queue;
using IoTGateway.Queue.Checkpoints;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Clocks;
using IoTGateway.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTGateway.Alerts.Processing;

/// <summary>
/// Builds the state of the rules once more from the log, to look at it or to try something on it. Changes nothing, and nobody has to wait for it: the
/// rules that run are not asked.
/// </summary>
internal sealed class HostReader(LogView log, RuleSetHistory ruleSets, Func<LogPosition, CensusHistory> censusBefore, ClockOffsetHistory clockOffsets, Func<IRuleEngine> createEngine)
{
    /// <summary>The state at the end of the log; null where there is no checkpoint that could be used.</summary>
    public RuleHost? Present() => FromCheckpoint(Instant.MaxValue);

    /// <summary>
    /// The state as of a time. Where no checkpoint is old enough, the rules begin anew at the oldest record that is kept: what stood before that is not
    /// known to them.
    /// </summary>
    /// <param name="time">As of when.</param>
    /// <param name="isWhole">Whether it is the state that was; else the rules began anew.</param>
    public RuleHost AsOf(Instant time, out bool isWhole)
    {
        var host = FromCheckpoint(time);
        isWhole = host is not null;
        host ??= FromStart(time);
        host.Advance(time, NoOutput.Instance);
        return host;
    }

    /// <summary>The state as of the last input. Where no checkpoint could be used, the rules begin anew at the oldest record that is kept.</summary>
    /// <param name="isWhole">Whether it is the state that was; else the rules began anew.</param>
    public RuleHost AsOfLastInput(out bool isWhole)
    {
        var host = Present();
        isWhole = host is not null;
        return host ?? FromStart(Instant.MaxValue);
    }

    private RuleHost? FromCheckpoint(Instant time)
    {
        var atMost = log.End;
        while (Load(atMost) is { } checkpoint)
        {
            var host = NewHost(checkpoint.Position);
            if (TryRestore(host, checkpoint) && host.LastRecorded <= time && host.LastTick <= time)
            {
                HostFeed.Run(host, log, checkpoint.Position, log.End, time);
                return host;
            }

            atMost = new LogPosition(checkpoint.Position.Address - 1);
        }

        return null;
    }

    private Checkpoint? Load(LogPosition atMost)
    {
        try
        {
            return log.Checkpoints.Load(AlertProcessor.CheckpointName, RuleHost.FormatVersion, atMost) is { } checkpoint && log.Holds(checkpoint.Position)
                ? checkpoint
                : null;
        }
        catch (InvalidDataException)
        {
            return null; // Of another version of the gateway.
        }
    }

    private static bool TryRestore(RuleHost host, Checkpoint checkpoint)
    {
        try
        {
            host.Restore(checkpoint.State.Span);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private RuleHost FromStart(Instant time)
    {
        var host = NewHost(log.Start);
        if (FirstRecorded() is { } began)
        {
            host.AdmitCensus(began, NoOutput.Instance);
            if (ruleSets.Before(log.Start) is { } rules)
            {
                host.Load(rules, began, NoOutput.Instance);
            }

            HostFeed.Run(host, log, log.Start, log.End, time);
        }

        return host;
    }

    private Instant? FirstRecorded()
    {
        using var reader = log.OpenReader(log.Start, RuleHost.InputKinds);
        if (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                return new Instant(record.TimeUnixMilliseconds);
            }
        }

        return null;
    }

    private RuleHost NewHost(LogPosition position) => new(
        createEngine(),
        censusBefore(position),
        device => clockOffsets.OffsetOf(device, position.Address),
        new AlertServiceOptions().UnassignedDevicesAtMost,
        NullLogger.Instance);
}
