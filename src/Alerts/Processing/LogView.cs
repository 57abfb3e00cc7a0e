using IoTGateway.Queue;
using IoTGateway.Queue.Checkpoints;

namespace IoTGateway.Alerts.Processing;

/// <summary>A log to read the state of the rules from: the open one, or a look at that of another process.</summary>
/// <param name="OpenReader">Reads records of some kinds from a place on.</param>
/// <param name="Checkpoints">The checkpoints beside it.</param>
/// <param name="Holds">Whether everything from a place on is still kept.</param>
/// <param name="Start">The first record still kept stands at or behind this place.</param>
/// <param name="End">Everything before this place is durable.</param>
internal sealed record LogView(
    Func<LogPosition, RecordKinds, LogReader> OpenReader, CheckpointStore Checkpoints, Func<LogPosition, bool> Holds, LogPosition Start, LogPosition End)
{
    public static LogView Of(DurableLog log) => new(log.OpenReader, log.Checkpoints, log.Holds, log.Start, log.End);

    public static LogView Of(LogSnapshot log) => new(log.OpenReader, log.Checkpoints, log.Holds, log.Start, log.End);
}
