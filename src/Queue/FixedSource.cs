using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>Segments up to a fixed end, for reading before the log is open, or a log that another process has open.</summary>
internal sealed class FixedSource(IDisk disk, IReadOnlyList<Segment> segments, long endAddress, LogState state, Action<DamagedRange>? damaged = null) : ILogSource
{
    public IDisk Disk => disk;

    public long EndAddress => endAddress;

    public IReadOnlyList<Segment> Segments => segments;

    public Topic? TopicOf(uint id) => state.Topics.Find(id);

    public void ReportDamage(DamagedRange range) => damaged?.Invoke(range);
}
