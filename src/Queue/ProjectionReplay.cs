using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>State = checkpoint + the records behind it.</summary>
internal static class ProjectionReplay
{
    /// <summary>Loads each projection's newest checkpoint and applies the records between it and <paramref name="end"/>.</summary>
    /// <param name="disk">Where the segments are.</param>
    /// <param name="checkpoints">Where the checkpoints are.</param>
    /// <param name="segments">The segments, oldest first.</param>
    /// <param name="end">Records before this place are applied.</param>
    /// <param name="state">The log's own state; it knows the topics, so it is fed before the others.</param>
    /// <param name="projections">The others.</param>
    /// <param name="damaged">Told of damage that is gone around.</param>
    public static void Run(
        IDisk disk, CheckpointStore checkpoints, IReadOnlyList<Segment> segments, LogPosition end, LogState state, IReadOnlyList<IProjection> projections,
        Action<DamagedRange>? damaged = null)
    {
        IProjection[] all = [state, .. projections];
        var from = new LogPosition[all.Length];
        for (var index = 0; index < all.Length; index++)
        {
            if (checkpoints.Load(all[index].Name, all[index].FormatVersion, end) is { } checkpoint)
            {
                all[index].Load(checkpoint.State.Span);
                from[index] = checkpoint.Position;
            }
        }

        using var reader = new LogReader(new FixedSource(disk, segments, end.Address, state, damaged), from.Min(), RecordKinds.All);
        while (reader.TryReadAny(out var frame))
        {
            foreach (var record in frame)
            {
                for (var index = 0; index < all.Length; index++)
                {
                    if (record.Position >= from[index] && all[index].Kinds.Contains(record.Kind))
                    {
                        all[index].Apply(record);
                    }
                }
            }
        }
    }
}
